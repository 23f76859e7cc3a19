/**
 * Delivery to S3, in Amazon Data Firehose's words: prefixes, object names, compression, error output.
 *
 * <p>{@link dev.clickstream.consumer.s3.S3Sink} is the door; {@link dev.clickstream.consumer.s3.ErrorReader}
 * reads back what went to the error output.
 */
@NullMarked
package dev.clickstream.consumer.s3;

import org.jspecify.annotations.NullMarked;
