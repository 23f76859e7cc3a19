package dev.clickstream.consumer.audit;

import java.util.function.Predicate;

/**
 * Finds what is absent by numbers alone: places in an aggregate below the last that is there, and rows of a record below
 * its last. What is missing at the end of either, or whole records, only the stream can tell.
 */
final class GapCheck {
    private final Predicate<RowPosition> isTold;
    private final AbsentRows absent;

    /**
     * A check.
     *
     * @param isTold whether the stream has told of a record already, so that only its rows are to be looked at
     * @param absent takes what is found
     */
    GapCheck(Predicate<RowPosition> isTold, AbsentRows absent) {
        this.isTold = isTold;
        this.absent = absent;
    }

    void read(ShardRows rows) {
        RowPosition before = null;
        for (int i = 0; i < rows.size(); i++) {
            RowPosition at = rows.position(i);
            boolean isSameRecord = before != null && before.sequenceNumber().equals(at.sequenceNumber());
            int placeBefore = isSameRecord && before != null ? before.subSequenceNumber() : -1;
            boolean isSamePlace = placeBefore == at.subSequenceNumber();
            if (!isSamePlace && !isTold.test(at)) {
                for (int place = placeBefore + 1; place < at.subSequenceNumber(); place++) {
                    absent.add(at.at(place, 0).record(), rows.arrivalMillis(i));
                }
            }
            int rowBefore = isSamePlace && before != null ? before.rowNumber() : -1;
            for (int row = rowBefore + 1; row < at.rowNumber(); row++) {
                absent.add(at.at(at.subSequenceNumber(), row).toString(), rows.arrivalMillis(i));
            }
            before = at;
        }
    }
}
