package dev.clickstream.local.kinesis;

/** A record that a caller wants written: its place on the ring, its key in UTF-8, its data. */
@SuppressWarnings("ArrayRecordComponent") // handed from wire to log, never compared
record PutEntry(HashKey hashKey, byte[] key, byte[] data) {

    int size() {
        return key.length + data.length;
    }

    /** Sizes only: key and data are the user's. */
    @Override
    public String toString() {
        return "PutEntry[key=" + key.length + " bytes, data=" + data.length + " bytes]";
    }
}
