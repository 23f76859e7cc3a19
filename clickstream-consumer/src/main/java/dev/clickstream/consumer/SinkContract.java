package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Puts a sink of your own to the test: whether it takes batches as a worker hands them over, each row once, however often
 * a batch comes. For your tests; it needs no test framework.
 *
 * <pre>{@code
 * SinkContract.verify(new MySink(…), () -> everyRowThatIsThere());
 * }</pre>
 */
public final class SinkContract {
    private static final Instant HOUR_10 = Instant.parse("2026-01-31T10:15:00Z");
    private static final Instant HOUR_11 = Instant.parse("2026-01-31T11:15:00Z");

    private final Sink sink;
    private final Callable<List<String>> contents;

    private SinkContract(Sink sink, Callable<List<String>> contents) {
        this.sink = sink;
        this.contents = contents;
    }

    /**
     * Delivers batches of a made-up stream {@code contract}, again and again, and looks at what is there.
     *
     * @param sink with nothing in it
     * @param rows tells every row that the sink holds, in UTF-8, in any order
     * @throws AssertionError when the sink breaks the contract; the message says how
     * @throws Exception what the sink or {@code rows} threw
     */
    public static void verify(Sink sink, Callable<List<String>> rows) throws Exception {
        new SinkContract(requireNonNull(sink, "sink"), requireNonNull(rows, "rows")).verify();
    }

    private void verify() throws Exception {
        deliver("1", Batch.Content.WHOLE, "a", "b", "c");
        requireRows("when deliver returns, each row is there", "a", "b", "c");
        deliver("1", Batch.Content.WHOLE, "a", "b", "c");
        requireRows("a batch that comes again replaces itself", "a", "b", "c");
        deliver("2", Batch.Content.WHOLE, "d");
        requireRows("another batch has a place of its own", "a", "b", "c", "d");
        deliver("1", Batch.Content.DIFFERENT, "c");
        requireRows("a batch that is no longer whole takes nothing away", "a", "b", "c", "d");
        deliverFailure("3");
        requireRows("a failure is no row, and takes none away", "a", "b", "c", "d");

        List<ManifestEntry> names = gather("4", "e", "f").seal();
        if (!names.equals(gather("4", "e", "f").seal())) {
            throw new AssertionError("seal() names the same whenever the same rows are gathered; it gave " + names);
        }
        requireRows("nothing is written before deliver", "a", "b", "c", "d");
        SinkBuffer buffer = sealed("4", "e", "f");
        buffer.deliver(Batch.Content.WHOLE, WriteWindow.unlimited());
        requireRows("what was gathered is there", "a", "b", "c", "d", "e", "f");
        sealed("4", "e", "f").deliver(Batch.Content.WHOLE, WriteWindow.unlimited());
        requireRows("what was gathered again replaces itself", "a", "b", "c", "d", "e", "f");

        sink.remove("nobody://knows/this", WriteWindow.unlimited());
        requireRows("a name of another kind of sink is none of its business", "a", "b", "c", "d", "e", "f");
        for (ManifestEntry name : names) {
            sink.remove(name.uri(), WriteWindow.unlimited());
            sink.remove(name.uri(), WriteWindow.unlimited());
        }
        if (!names.isEmpty()) {
            requireRows("what seal() named can be removed, and again", "a", "b", "c", "d");
        }
    }

    private void deliver(String first, Batch.Content content, String... rows) throws Exception {
        sink.deliver(new Batch(id(first), HOUR_10, rows(rows), List.of(), content));
    }

    private void deliverFailure(String first) throws Exception {
        FailedRecord failed = new FailedRecord(first, 0, HOUR_10, new byte[] {1}, "Contract.Failed", "for the test");
        sink.deliver(new Batch(id(first), HOUR_10, List.of(), List.of(failed), Batch.Content.WHOLE));
    }

    private SinkBuffer gather(String first, String... rows) {
        SinkBuffer buffer = sink.open(id(first), HOUR_10);
        rows(rows).forEach(buffer::add);
        return buffer;
    }

    private SinkBuffer sealed(String first, String... rows) {
        SinkBuffer buffer = gather(first, rows);
        List<ManifestEntry> unused = buffer.seal();
        return buffer;
    }

    private static BatchId id(String first) {
        return new BatchId("application", "contract", "shardId-000000000000", first);
    }

    /** In two hours, so that a sink by the hour writes two objects. */
    private static List<Row> rows(String... texts) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            byte[] data = texts[i].getBytes(StandardCharsets.UTF_8);
            rows.add(new Row(Integer.toString(i), 0, i % 2 == 0 ? HOUR_10 : HOUR_11, data, Map.of()));
        }
        return rows;
    }

    private void requireRows(String what, String... expected) throws Exception {
        List<String> there = new ArrayList<>(contents.call());
        Collections.sort(there);
        if (!there.equals(List.of(expected))) {
            throw new AssertionError(what + ": wanted are " + List.of(expected) + ", there are " + there);
        }
    }
}
