package dev.clickstream.local.kinesis;

import java.math.BigInteger;
import java.util.OptionalLong;

/**
 * A shard's sequence numbers: one for each position in its log, and back.
 *
 * <p>47 hex digits, 186 bits, so always 56 decimal digits and as numbers in the order of shard generation and position:
 * {@code 2}, 9 digits of the shard's generation (seconds of its creation, later than its parents'), 12 zeros, 16 digits
 * of the position, 8 of the shard's index, {@code 2}. The last nine are as in the real service; what lies between is
 * our own.
 */
final class SequenceNumbers {

    /** Where a shard begins; its first record is at 1. */
    static final long START = 0;

    /** Where a closed shard ends; above every record. */
    static final long END = Long.MAX_VALUE;

    private static final int INDEX_SHIFT = 4;
    private static final int POSITION_SHIFT = 36;
    private static final int GENERATION_SHIFT = 148;
    private static final BigInteger LEAD = BigInteger.TWO.shiftLeft(184);

    private final long generation;
    private final BigInteger start;

    SequenceNumbers(int shardIndex, long generation) {
        this.generation = generation;
        this.start = LEAD.or(BigInteger.valueOf(generation).shiftLeft(GENERATION_SHIFT))
                .or(BigInteger.valueOf((long) shardIndex << INDEX_SHIFT | 2));
    }

    long generation() {
        return generation;
    }

    /** Decimal, as the API has it. */
    String at(long position) {
        return start.add(BigInteger.valueOf(position).shiftLeft(POSITION_SHIFT)).toString();
    }

    /** Which shard's a number claims to be. */
    static int shardIndexOf(BigInteger number) {
        return number.shiftRight(INDEX_SHIFT).intValue() & Integer.MAX_VALUE;
    }

    /** Empty if the number is not one of this shard's. */
    OptionalLong positionOf(BigInteger number) {
        BigInteger offset = number.subtract(start);
        BigInteger position = offset.shiftRight(POSITION_SHIFT);
        boolean ours = offset.signum() >= 0
                && position.bitLength() < Long.SIZE
                && position.shiftLeft(POSITION_SHIFT).equals(offset);
        return ours ? OptionalLong.of(position.longValue()) : OptionalLong.empty();
    }
}
