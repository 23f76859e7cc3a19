package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/**
 * Prints rows, a line each, and says of failures where they were and why: for trying things out. A batch that is
 * delivered again is printed again, as paper cannot be taken back: each record at least once. Thread-safe; a batch's
 * lines stay together.
 */
public final class PrintSink implements Sink {
    private final PrintStream rows;
    private final PrintStream failures;

    /** To standard output, and failures to standard error. */
    public PrintSink() {
        this(System.out, System.err);
    }

    /**
     * To these streams, which stay open.
     *
     * @param rows for rows, without any change
     * @param failures for the position, the code and the message of what could not be processed, without its data
     */
    public PrintSink(PrintStream rows, PrintStream failures) {
        this.rows = requireNonNull(rows, "rows");
        this.failures = requireNonNull(failures, "failures");
    }

    @Override
    public void deliver(Batch batch) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Row row : batch.rows()) {
            lines.writeBytes(row.data());
            lines.write('\n');
        }
        rows.write(lines.toByteArray(), 0, lines.size());
        rows.flush();
        for (FailedRecord failed : batch.failures()) {
            failures.println(batch.id().shardId() + " " + failed.sequenceNumber() + "." + failed.subSequenceNumber()
                    + ": " + failed.code() + ": " + failed.message());
        }
    }
}
