package dev.clickstream.storefront;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One real-time log record, as it goes into the stream. The array is not copied and must not change.
 *
 * @param time what its {@code timestamp} field says, or null if it says nothing that can be read
 * @param requestId its {@code x-edge-request-id}, or null if the log does not hold it
 * @param bytes the line without its newline
 */
record LogLine(@Nullable Instant time, @Nullable String requestId, byte[] bytes) {

    @Override
    public String toString() {
        return "LogLine[" + time + ", " + requestId + ", " + bytes.length + " bytes]";
    }
}
