package dev.clickstream.consumer.s3;

import dev.clickstream.consumer.ManifestStore;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Manifests as objects, named by their content, under a prefix that Athena, Hive and Spark pass over. Thread-safe. */
final class S3Manifests implements ManifestStore {
    /** A name that begins with an underscore is hidden to those who list a table's folder. */
    private static final String PREFIX = "_clickstream/manifests/";

    private final ObjectStore store;

    S3Manifests(ObjectStore store) {
        this.store = store;
    }

    @Override
    public String write(byte[] content) {
        String key = PREFIX + HexFormat.of().formatHex(ObjectKey.sha256().digest(content));
        store.create(key, content);
        return store.uri(key);
    }

    @Override
    public byte @Nullable [] read(String uri) {
        return store.isUri(uri) ? store.read(uri) : null;
    }

    @Override
    public void delete(String uri) {
        if (store.isUri(uri)) {
            store.remove(uri, store::attemptTimeout);
        }
    }
}
