package dev.clickstream.consumer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts manifests into a batch's state, or where a sink keeps those that are too large for it. */
final class Manifests {
    private static final Logger LOG = LoggerFactory.getLogger(Manifests.class);
    private static final String ELSEWHERE = "@";

    private final List<Sink> sinks;

    Manifests(List<Sink> sinks) {
        this.sinks = sinks;
    }

    /**
     * The state with the manifest, or with the name of where it is now.
     *
     * @throws CheckpointFailedException when it may work later
     */
    BatchState write(BatchState state, Manifest manifest) throws CheckpointFailedException {
        BatchState whole = state.withManifest(manifest.toText());
        if (whole.fits()) {
            return whole;
        }
        for (Sink sink : sinks) {
            ManifestStore store = sink.manifestStore();
            if (store != null) {
                return state.withManifest(ELSEWHERE + write(store, manifest));
            }
        }
        throw new IllegalStateException("A batch leaves " + manifest.objects().size()
                + " objects, more than a checkpoint holds, and no sink has a manifestStore");
    }

    private static String write(ManifestStore store, Manifest manifest) throws CheckpointFailedException {
        try {
            return store.write(manifest.toBytes());
        } catch (Exception e) {
            throw new CheckpointFailedException(e);
        }
    }

    /**
     * What the state names.
     *
     * @throws CheckpointFailedException when it may work later
     */
    Manifest read(BatchState state) throws CheckpointFailedException {
        String uri = elsewhere(state);
        if (uri == null) {
            return Manifest.parse(state.manifest());
        }
        CheckpointFailedException failed = null;
        for (Sink sink : sinks) {
            try {
                byte[] content = read(sink.manifestStore(), uri);
                if (content != null) {
                    return Manifest.fromBytes(content);
                }
            } catch (CheckpointFailedException e) {
                failed = e; // another sink's client may be one that can
            }
        }
        if (failed != null) {
            throw failed;
        }
        throw new CheckpointFailedException(new IllegalStateException("No sink can read the manifest of the pending"
                + " batch: a worker with other sinks wrote it, and must finish the batch"));
    }

    private static byte @Nullable [] read(@Nullable ManifestStore store, String uri) throws CheckpointFailedException {
        try {
            return store == null ? null : store.read(uri);
        } catch (Exception e) {
            throw new CheckpointFailedException(e);
        }
    }

    /** The batch is committed: its manifests are of no use. What cannot be deleted stays, and harms nobody. */
    void forget(@Nullable BatchState state) {
        String uri = state == null ? null : elsewhere(state);
        if (uri == null) {
            return;
        }
        for (Sink sink : sinks) {
            try {
                ManifestStore store = sink.manifestStore();
                if (store != null) {
                    store.delete(uri);
                }
            } catch (Exception e) {
                LOG.debug("A manifest of a committed batch stays", e);
            }
        }
    }

    private static @Nullable String elsewhere(BatchState state) {
        return state.manifest().startsWith(ELSEWHERE) ? state.manifest().substring(ELSEWHERE.length()) : null;
    }
}
