/**
 * Delivery to S3, in Amazon Data Firehose's words: prefixes, object names, compression, error output.
 *
 * <p>{@link dev.clickstream.consumer.s3.S3Sink} is the door.
 */
@NullMarked
package dev.clickstream.consumer.s3;

import org.jspecify.annotations.NullMarked;
