package dev.clickstream.consumer;

/**
 * What all pipelines of a worker share.
 *
 * @param application the application's name
 * @param stream the stream's name
 * @param cutter where batches end
 * @param processing what makes rows
 * @param destinations where they go
 * @param retry how failures are tried again
 * @param buffers what all shards may hold
 */
record PipelineSettings(
        String application,
        String stream,
        BatchCutter cutter,
        Processing processing,
        Destinations destinations,
        RetryPolicy retry,
        Buffers buffers) {
    /** Of what decides where rows go and how. */
    String fingerprint() {
        Digest digest = new Digest();
        digest.add(processing.configuration());
        destinations.addTo(digest);
        return digest.hex();
    }
}
