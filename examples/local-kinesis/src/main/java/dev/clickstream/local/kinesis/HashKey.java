package dev.clickstream.local.kinesis;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A place on the ring of 0 to 2^128-1, as an unsigned number of two halves. */
record HashKey(long high, long low) implements Comparable<HashKey> {

    static final HashKey FIRST = new HashKey(0, 0);
    static final HashKey LAST = new HashKey(-1, -1);

    private static final BigInteger END = BigInteger.ONE.shiftLeft(128);
    /** Looking one up costs as much as a short digest. */
    private static final ThreadLocal<MessageDigest> MD5 = ThreadLocal.withInitial(HashKey::md5);

    /** Fails on a number outside the ring, see {@link #fits}. */
    static HashKey of(BigInteger number) {
        if (!fits(number)) {
            throw new IllegalArgumentException("not in [0, 2^128-1]: " + number);
        }
        return new HashKey(number.shiftRight(64).longValue(), number.longValue());
    }

    static boolean fits(BigInteger number) {
        return number.signum() >= 0 && number.compareTo(END) < 0;
    }

    /** MD5 of the partition key's UTF-8, as Kinesis routes. */
    static HashKey ofPartitionKey(byte[] utf8) {
        ByteBuffer digest = ByteBuffer.wrap(MD5.get().digest(utf8));
        return new HashKey(digest.getLong(), digest.getLong());
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    BigInteger toBigInteger() {
        byte[] magnitude = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        return new BigInteger(1, magnitude);
    }

    /** The neighbour above; the last one has none and wraps to zero. */
    HashKey next() {
        return new HashKey(low == -1 ? high + 1 : high, low + 1);
    }

    /** The neighbour below; zero has none and wraps to the last one. */
    HashKey previous() {
        return new HashKey(low == 0 ? high - 1 : high, low - 1);
    }

    @Override
    public int compareTo(HashKey other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Decimal, as the API has it. */
    @Override
    public String toString() {
        return toBigInteger().toString();
    }
}
