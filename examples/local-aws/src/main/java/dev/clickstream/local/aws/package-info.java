/**
 * Kinesis, DynamoDB and S3 on one machine, over real HTTP on loopback, for tests and demonstrations.
 *
 * <p>{@link dev.clickstream.local.aws.LocalAws} starts them inside this process;
 * {@link dev.clickstream.local.aws.LocalClients} are SDK clients for them, in this process or in another.
 */
@NullMarked
package dev.clickstream.local.aws;

import org.jspecify.annotations.NullMarked;
