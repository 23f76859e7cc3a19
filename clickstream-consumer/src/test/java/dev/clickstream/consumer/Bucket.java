package dev.clickstream.consumer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket, as a reader sees it. */
public final class Bucket {
    private final S3Client s3;
    private final String name;

    public Bucket(S3Client s3, String name) {
        this.s3 = s3;
        this.name = name;
        s3.createBucket(r -> r.bucket(name));
    }

    public String name() {
        return name;
    }

    public List<String> keys(String prefix) {
        return s3.listObjectsV2Paginator(r -> r.bucket(name).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.endsWith(".gz")) // local S3 lists what is not finished yet, under other names
                .toList();
    }

    /** The lines of every object, taken out of GZIP. */
    public SortedMap<String, List<String>> objects(String prefix) {
        SortedMap<String, List<String>> objects = new TreeMap<>();
        keys(prefix).forEach(key -> objects.put(key, lines(key)));
        return objects;
    }

    public List<String> lines(String key) {
        byte[] body = s3.getObjectAsBytes(r -> r.bucket(name).key(key)).asByteArray();
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> allLines(String prefix) {
        List<String> lines = new ArrayList<>();
        objects(prefix).values().forEach(lines::addAll);
        return lines;
    }
}
