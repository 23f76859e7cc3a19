package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

/**
 * An object that a batch leaves behind.
 *
 * @param uri where, such as {@code s3://bucket/key}
 * @param digest of its rows, in hexadecimal; however they are compressed
 */
public record ManifestEntry(String uri, String digest) {
    /** Checks that nothing is missing. */
    public ManifestEntry {
        requireNonNull(uri, "uri");
        requireNonNull(digest, "digest");
    }
}
