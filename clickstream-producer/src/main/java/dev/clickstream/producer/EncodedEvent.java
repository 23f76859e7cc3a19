package dev.clickstream.producer;

import org.jspecify.annotations.Nullable;

/**
 * An event as the caller's thread leaves it: its partition key, and its record's bytes up to the sequence number. The
 * number is given at the moment of queueing, so that numbers and queue agree without a lock around the encoding.
 */
record EncodedEvent(String key, HashKey hash, @Nullable String explicitHashKey, byte[] start, int recordBytes) {

    /**
     * Objects around the bytes: two arrays' headers, key and hash key, future, pending and queue slot; measured, rounded
     * up.
     */
    static final int OVERHEAD_BYTES = 256;

    /** What it takes of the memory budget: the start and the finished record live side by side. */
    int charge() {
        return 2 * recordBytes + OVERHEAD_BYTES;
    }

    @Override
    public String toString() {
        return "EncodedEvent[" + recordBytes + " bytes]";
    }
}
