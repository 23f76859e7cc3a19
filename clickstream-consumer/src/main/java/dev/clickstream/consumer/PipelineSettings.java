package dev.clickstream.consumer;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What all pipelines of a worker share.
 *
 * @param application the application's name
 * @param stream the stream's name
 * @param cutter where batches end
 * @param transform what makes rows
 * @param sinks where they go, at least one
 * @param retry how failures are tried again
 * @param failurePolicy what becomes of a batch that is refused again and again
 * @param buffers what all shards may hold
 */
record PipelineSettings(
        String application,
        String stream,
        BatchCutter cutter,
        Transform transform,
        List<Sink> sinks,
        RetryPolicy retry,
        FailurePolicy failurePolicy,
        Buffers buffers) {
    PipelineSettings {
        sinks = List.copyOf(sinks);
    }

    /** The sinks, and last the one for batches that were given up, if there is one. */
    List<Sink> targets() {
        Sink deadLetters = failurePolicy.deadLetters();
        return deadLetters == null
                ? sinks
                : Stream.concat(sinks.stream(), Stream.of(deadLetters)).toList();
    }

    /** Of what decides where rows go and how. */
    String fingerprint() {
        Digest digest = new Digest();
        digest.add(transform.configuration());
        for (Sink sink : targets()) {
            digest.add(sink.configuration());
        }
        return digest.hex();
    }

    /** How long a write of somebody with these sinks can still take effect. */
    Duration writeBound() {
        return targets().stream().map(Sink::writeBound).max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
