package dev.clickstream.consumer;

import org.jspecify.annotations.Nullable;

/**
 * Keeps manifests that are too large for a checkpoint, where a crash does not reach them. Thread-safe.
 */
public interface ManifestStore {
    /**
     * Keeps one for good, or finds that it is there.
     *
     * @param content what to keep
     * @return where it is, a URI made of the content: the same for the same
     * @throws Exception whatever went wrong; it is called again
     */
    String write(byte[] content) throws Exception;

    /**
     * Finds one again, also of a worker that was configured otherwise.
     *
     * @param uri what {@link #write} gave
     * @return its content, or null when this is not a URI of such a store
     * @throws Exception whatever went wrong; it is called again
     */
    byte @Nullable [] read(String uri) throws Exception;

    /**
     * Its batch is committed.
     *
     * @param uri what {@link #write} gave; one that is not there, or not of such a store, is no error
     * @throws Exception whatever went wrong; it is not called again
     */
    void delete(String uri) throws Exception;
}
