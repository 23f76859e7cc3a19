package dev.clickstream.consumer.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * Records and rows that should be there and are not. Each takes about 150 bytes of memory, until it is clear whether the
 * error output or a transform that drops explains it. Not thread-safe.
 */
final class AbsentRows {
    private final long most;
    private final List<Absent> absent = new ArrayList<>();
    private long explained;
    private long dropped;

    AbsentRows(long most) {
        this.most = most;
    }

    private record Absent(String what, long arrivalMillis) {}

    void add(String what, long arrivalMillis) {
        if (absent.size() >= most) {
            throw new IllegalStateException(
                    "More than " + most + " records and rows are not there: is it the right bucket?");
        }
        absent.add(new Absent(what, arrivalMillis));
    }

    /** One that stands in the error output, with its bytes. */
    void addFailed() {
        explained++;
    }

    /** What no line of the error output explains may have been dropped, if that many were; or else is missing. */
    void settle(FailedLines failed, long mayBeDropped, Findings findings) {
        List<Absent> rest = new ArrayList<>();
        for (Absent row : absent) {
            if (failed.explains(row.arrivalMillis)) {
                explained++;
            } else {
                rest.add(row);
            }
        }
        if (rest.size() <= mayBeDropped) {
            dropped = rest.size();
            return;
        }
        // Which of them were dropped and which were lost nobody can tell: all are named.
        rest.forEach(row -> findings.add(
                Finding.Kind.MISSING,
                row.what
                        + (mayBeDropped == 0
                                ? ""
                                : ", one of " + rest.size() + ", of which " + mayBeDropped
                                        + " may have been dropped")));
    }

    long explained() {
        return explained;
    }

    long dropped() {
        return dropped;
    }
}
