/**
 * Looks at what was delivered, and says whether each record is there once, in its place and in order.
 *
 * <p>{@link dev.clickstream.consumer.audit.DeliveryAudit} is the door. It knows nothing of how delivery works: it reads
 * objects, and the stream.
 */
@NullMarked
package dev.clickstream.consumer.audit;

import org.jspecify.annotations.NullMarked;
