package dev.clickstream.consumer;

/**
 * A place in a shard, ordered.
 *
 * @param sequenceNumber decimal without leading zeros
 * @param subSequenceNumber the place in an aggregated record
 */
record Position(String sequenceNumber, long subSequenceNumber) implements Comparable<Position> {
    static Position of(StreamRecord record) {
        return new Position(record.sequenceNumber(), record.subSequenceNumber());
    }

    @Override
    public int compareTo(Position other) {
        int bySequence = compareSequence(other);
        return bySequence != 0 ? bySequence : Long.compare(subSequenceNumber, other.subSequenceNumber);
    }

    /** By the Kinesis record alone, whatever the place in it. */
    int compareSequence(Position other) {
        int byLength = Integer.compare(sequenceNumber.length(), other.sequenceNumber.length());
        return byLength != 0 ? byLength : sequenceNumber.compareTo(other.sequenceNumber);
    }

    @Override
    public String toString() {
        return sequenceNumber + "." + subSequenceNumber;
    }
}
