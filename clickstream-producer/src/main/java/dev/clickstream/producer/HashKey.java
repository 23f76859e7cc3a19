package dev.clickstream.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Where a partition key stands among a stream's hash keys: an unsigned number of 128 bits. */
record HashKey(long high, long low) implements Comparable<HashKey> {

    private static final ThreadLocal<MessageDigest> MD5 = ThreadLocal.withInitial(HashKey::md5);

    /** As Kinesis does: MD5 of the key in UTF-8 (API reference, PutRecordsRequestEntry). */
    static HashKey of(String partitionKey) {
        ByteBuffer digest = ByteBuffer.wrap(MD5.get().digest(partitionKey.getBytes(UTF_8)));
        return new HashKey(digest.getLong(), digest.getLong());
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** From its decimal form, as ListShards has it. */
    static HashKey parse(String decimal) {
        return of(new BigInteger(decimal));
    }

    /** From 0 to below 2<sup>128</sup>. */
    static HashKey of(BigInteger number) {
        if (number.signum() < 0 || number.bitLength() > 2 * Long.SIZE) {
            throw new IllegalArgumentException("a hash key must be 0 to 2^128 - 1");
        }
        return new HashKey(number.shiftRight(Long.SIZE).longValue(), number.longValue());
    }

    /** As an explicit hash key. */
    String toDecimal() {
        byte[] bytes =
                ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
        return new BigInteger(1, bytes).toString();
    }

    /** The next one; after the last comes zero. */
    HashKey next() {
        return new HashKey(low == -1 ? high + 1 : high, low + 1);
    }

    @Override
    public int compareTo(HashKey other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }
}
