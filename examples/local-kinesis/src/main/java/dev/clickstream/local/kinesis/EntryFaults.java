package dev.clickstream.local.kinesis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which entries of one call fail, and how. */
record EntryFaults(List<Met> met) {

    static final EntryFaults NONE = new EntryFaults(List.of());

    /** A fault that the call has met. */
    interface Met {

        /** Null if it spares this entry. */
        Fault.@Nullable Kind of(int entry, @Nullable String shard);
    }

    boolean isEmpty() {
        return met.isEmpty();
    }

    /** Null if the entry is spared. */
    Fault.@Nullable Kind of(int entry, @Nullable String shard) {
        for (Met one : met) {
            Fault.Kind kind = one.of(entry, shard);
            if (kind != null) {
                return kind;
            }
        }
        return null;
    }
}
