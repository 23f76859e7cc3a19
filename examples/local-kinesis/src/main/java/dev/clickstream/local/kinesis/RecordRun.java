package dev.clickstream.local.kinesis;

import java.io.IOException;
import java.util.List;

/** Consecutive records of a shard, from a position up to but not including another; read without the shard's lock. */
record RecordRun(List<Segment> segments, long from, long to, long sizeBytes) {

    /** Sees one record; data and key lie in the segment. */
    interface Visitor {
        void visit(Segment segment, long position) throws IOException;
    }

    void forEach(Visitor visitor) throws IOException {
        long position = from;
        for (int i = 0; position < to; i++) {
            Segment segment = segments.get(i);
            // The writer may have appended to the last segment since: go by our own end.
            boolean last = i == segments.size() - 1;
            long end = last ? to : segments.get(i + 1).firstPosition();
            for (; position < end; position++) {
                visitor.visit(segment, position);
            }
        }
    }

    int count() {
        return (int) (to - from);
    }
}
