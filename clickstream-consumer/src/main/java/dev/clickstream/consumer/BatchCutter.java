package dev.clickstream.consumer;

import java.time.Duration;

/**
 * Where a batch ends, by Firehose's buffering hints: whichever comes first.
 *
 * @param sizeBytes when the rows and failures hold so many bytes, before compression
 * @param interval when the first record has waited so long
 */
record BatchCutter(long sizeBytes, Duration interval) {
    boolean isFull(OpenBatch batch) {
        return batch.bytes() >= sizeBytes;
    }

    boolean isDue(OpenBatch batch, long nowNanos) {
        return !batch.isEmpty() && (isFull(batch) || batch.ageNanos(nowNanos) >= interval.toNanos());
    }
}
