/**
 * A KCL worker that delivers every record of a stream exactly once to sinks that write idempotently.
 *
 * <p>{@link dev.clickstream.consumer.ClickstreamWorker} is the door; {@link dev.clickstream.consumer.Transform} makes
 * rows of records, {@link dev.clickstream.consumer.Sink} takes them in batches.
 */
@NullMarked
package dev.clickstream.consumer;

import org.jspecify.annotations.NullMarked;
