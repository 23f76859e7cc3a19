/**
 * A Kinesis Data Streams endpoint over real HTTP on loopback, in-process or as a program.
 *
 * <p>{@link dev.clickstream.local.kinesis.LocalKinesis} is the door. Behind it a request goes one way: wire ({@code
 * HttpServer}, {@code ProtocolDetector}, {@code ApiHandler}, {@code Codec}) to operations ({@code Operations} and its
 * families) to state ({@code Account}, {@code Stream}, {@code Shard}, {@code RecordLog}) to values ({@code HashKey},
 * {@code SequenceNumbers}). {@link dev.clickstream.local.kinesis.KinesisClock} is the only source of time.
 */
@NullMarked
package dev.clickstream.local.kinesis;

import org.jspecify.annotations.NullMarked;
