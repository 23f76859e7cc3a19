package dev.clickstream.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many events in one Kinesis record, in the format of the Kinesis Producer Library, which KCL and Firehose take apart:
 * four bytes of magic, a protobuf message of key tables and records, and its MD5. Source: "KPL Aggregated Record Format"
 * of awslabs/kinesis-aggregation. Written straight into one array of the size that {@link #sizeBytes} has told all
 * along. Not thread-safe.
 */
final class Aggregate {

    private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
    private static final int DIGEST_BYTES = 16;

    /** Field numbers and wire type 2 (length-delimited) or 0 (varint) of the message. */
    private static final byte PARTITION_KEY = (1 << 3) | 2;

    private static final byte EXPLICIT_HASH_KEY = (2 << 3) | 2;
    private static final byte RECORD = (3 << 3) | 2;
    private static final byte PARTITION_KEY_INDEX = 1 << 3;
    private static final byte EXPLICIT_HASH_KEY_INDEX = 2 << 3;
    private static final byte DATA = (3 << 3) | 2;

    private final Table partitionKeys = new Table();
    private final Table explicitHashKeys = new Table();
    private final List<SubRecord> records = new ArrayList<>();
    private int messageBytes;

    /** An event's bytes, which are written once, into the record. */
    interface Data {

        int sizeBytes();

        /** Writes all of them from this place on. */
        void writeTo(byte[] record, int at);
    }

    private record SubRecord(int partitionKey, int explicitHashKey, Data data) {

        private static final int NONE = -1;

        int sizeBytes() {
            int hashKey = explicitHashKey == NONE ? 0 : 1 + varintBytes(explicitHashKey);
            return 1 + varintBytes(partitionKey) + hashKey + lengthDelimitedBytes(data.sizeBytes());
        }
    }

    /** Texts that records refer to by their place. */
    private static final class Table {
        private final Map<String, Integer> places = new HashMap<>();
        private final List<byte[]> texts = new ArrayList<>();

        /** Or where it would be. */
        int placeOf(String text) {
            return places.getOrDefault(text, texts.size());
        }

        /** What it adds to the message at this place: nothing if it is there. */
        int entryBytes(int place, String text) {
            return place < texts.size() ? 0 : lengthDelimitedBytes(text.getBytes(UTF_8).length);
        }

        void put(int place, String text) {
            if (place == texts.size()) {
                places.put(text, place);
                texts.add(text.getBytes(UTF_8));
            }
        }
    }

    /**
     * Puts one more event behind the others, if it fits.
     *
     * @param explicitHashKey decimal; null leaves the partition key's MD5 to say where it belongs
     * @param maxBytes the most that {@link #sizeBytes} may be then
     * @return whether it did
     */
    boolean add(String partitionKey, @Nullable String explicitHashKey, Data data, int maxBytes) {
        int key = partitionKeys.placeOf(partitionKey);
        int bytes = partitionKeys.entryBytes(key, partitionKey);
        int hashKey = SubRecord.NONE;
        if (explicitHashKey != null) {
            hashKey = explicitHashKeys.placeOf(explicitHashKey);
            bytes += explicitHashKeys.entryBytes(hashKey, explicitHashKey);
        }
        SubRecord record = new SubRecord(key, hashKey, data);
        bytes += lengthDelimitedBytes(record.sizeBytes());
        if (sizeBytes() + bytes > maxBytes) {
            return false;
        }
        partitionKeys.put(key, partitionKey);
        if (explicitHashKey != null) {
            explicitHashKeys.put(hashKey, explicitHashKey);
        }
        records.add(record);
        messageBytes += bytes;
        return true;
    }

    int events() {
        return records.size();
    }

    /** Of the Kinesis record's data, magic and digest included. */
    int sizeBytes() {
        return MAGIC.length + messageBytes + DIGEST_BYTES;
    }

    /** The Kinesis record's data. */
    byte[] toBytes() {
        Writer out = new Writer(new byte[sizeBytes()]);
        out.raw(MAGIC);
        partitionKeys.texts.forEach(key -> out.lengthDelimited(PARTITION_KEY, key));
        explicitHashKeys.texts.forEach(key -> out.lengthDelimited(EXPLICIT_HASH_KEY, key));
        for (SubRecord record : records) {
            out.tag(RECORD);
            out.varint(record.sizeBytes());
            out.tag(PARTITION_KEY_INDEX);
            out.varint(record.partitionKey());
            if (record.explicitHashKey() != SubRecord.NONE) {
                out.tag(EXPLICIT_HASH_KEY_INDEX);
                out.varint(record.explicitHashKey());
            }
            out.data(record.data());
        }
        MessageDigest digest = md5();
        digest.update(out.bytes, MAGIC.length, messageBytes);
        out.raw(digest.digest());
        return out.bytes;
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private static int lengthDelimitedBytes(int length) {
        return 1 + varintBytes(length) + length;
    }

    private static int varintBytes(int value) {
        return value == 0 ? 1 : (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7;
    }

    /** Protobuf's encoding of what is needed here. */
    private static final class Writer {
        private final byte[] bytes;
        private int at;

        Writer(byte[] bytes) {
            this.bytes = bytes;
        }

        void raw(byte[] data) {
            System.arraycopy(data, 0, bytes, at, data.length);
            at += data.length;
        }

        void tag(byte tag) {
            bytes[at++] = tag;
        }

        void varint(int value) {
            int rest = value;
            while ((rest & ~0x7F) != 0) {
                bytes[at++] = (byte) ((rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            bytes[at++] = (byte) rest;
        }

        void data(Data data) {
            tag(DATA);
            varint(data.sizeBytes());
            data.writeTo(bytes, at);
            at += data.sizeBytes();
        }

        void lengthDelimited(byte tag, byte[] data) {
            tag(tag);
            varint(data.length);
            raw(data);
        }
    }
}
