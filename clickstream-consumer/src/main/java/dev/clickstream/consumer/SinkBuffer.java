package dev.clickstream.consumer;

import java.util.List;

/**
 * What a sink holds of one batch while it is gathered, compressed or however it likes: see {@link Sink#open}. Rows and
 * failures come in the stream's order, then {@link #seal} once, then {@link #deliver} until it returns. Used by one
 * thread at a time; a batch that is given up is just forgotten, so nothing may be held that needs to be closed.
 */
public interface SinkBuffer {
    /**
     * Takes a row.
     *
     * @param row the next one
     */
    void add(Row row);

    /**
     * Takes what could not be processed, for the error output.
     *
     * @param failed the next one
     */
    void add(FailedRecord failed);

    /**
     * How much memory it holds.
     *
     * @return in bytes
     */
    long bytes();

    /**
     * How many objects it is filling.
     *
     * @return 0 when it holds nothing
     */
    int objects();

    /**
     * No more comes. Nothing is written yet.
     *
     * @return what the batch will leave behind, the same whenever the same is delivered again; none if where it goes
     *     follows from the batch's id alone
     */
    List<ManifestEntry> seal();

    /**
     * Writes the batch, or what of it is not there yet: an earlier attempt, by this or another process, may have got
     * anywhere.
     *
     * @param content whether it is all that the batch held when it was cut
     * @param window until when writes may take effect
     * @throws Exception whatever went wrong; it is called again, with another window
     */
    void deliver(Batch.Content content, WriteWindow window) throws Exception;
}
