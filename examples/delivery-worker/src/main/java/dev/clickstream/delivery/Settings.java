package dev.clickstream.delivery;

import dev.clickstream.consumer.InitialPosition;
import dev.clickstream.consumer.LateCopies;
import dev.clickstream.consumer.RetrievalMode;
import dev.clickstream.consumer.Transform;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the worker is to do. Immutable.
 *
 * @param application KCL's application
 * @param stream to read
 * @param transform of its records
 * @param transformConcurrency threads of a shard
 * @param lateCopies whether they are dropped
 * @param output where rows go
 * @param refusals what becomes of batches that are refused
 * @param buffering when batches are delivered
 * @param initialPosition where a new application begins
 * @param sharing of shards with other workers
 * @param retrieval how KCL reads
 * @param leaseTable KCL's
 * @param aws where AWS is, unless where it always is
 * @param healthHost where health is told
 * @param healthPort the same; 0 for any that is free
 * @param stopTimeout how long a stop may take
 * @param redriveTimeout how long it may take to send records again
 */
record Settings(
        String application,
        String stream,
        Transform transform,
        int transformConcurrency,
        LateCopies lateCopies,
        Output output,
        Refusals refusals,
        Buffering buffering,
        InitialPosition initialPosition,
        Sharing sharing,
        RetrievalMode retrieval,
        LeaseTable leaseTable,
        Aws aws,
        String healthHost,
        int healthPort,
        Duration stopTimeout,
        Duration redriveTimeout) {

    private static final long MEBIBYTE = 1024L * 1024;

    /** How much memory batches may take, and when they are delivered. */
    record Buffering(long sizeBytes, Duration interval, long maxBufferedBytes, int maxOpenPrefixes) {}

    /** Who this is among the application's workers, and how shards move between them. */
    record Sharing(String workerId, int maxLeases, Duration failoverTime) {}

    /** Where KCL keeps its leases. */
    record LeaseTable(String name, Map<String, String> tags) {}

    /** Endpoints of something that stands in for AWS, and the region. */
    record Aws(@Nullable String region, @Nullable URI kinesis, @Nullable URI dynamoDb, @Nullable URI s3) {}

    static Settings of(ConfigurationFile file) {
        String application = name(file, "application", file.required("application"));
        Settings settings = new Settings(
                application,
                name(file, "stream", file.required("stream")),
                Transforms.of(file),
                file.number("transform_concurrency", 1, 64, 1),
                file.choice("late_copies", LateCopies.class, LateCopies.KEEP),
                Output.of(file),
                Refusals.of(file),
                buffering(file),
                file.made("initial_position", file.text("initial_position", "TRIM_HORIZON"), Settings::position),
                new Sharing(
                        file.text("worker_id", UUID.randomUUID().toString()),
                        file.number("max_leases_for_worker", 1, Integer.MAX_VALUE, Integer.MAX_VALUE),
                        Duration.ofSeconds(file.number("failover_time_seconds", 1, 300, 10))),
                file.choice("retrieval", RetrievalMode.class, RetrievalMode.POLLING),
                new LeaseTable(
                        name(file, "lease_table_name", file.text("lease_table_name", application)),
                        tags(file, "lease_table_tags")),
                new Aws(
                        file.text("region"),
                        endpoint(file, "kinesis_endpoint"),
                        endpoint(file, "dynamodb_endpoint"),
                        endpoint(file, "s3_endpoint")),
                file.text("health_host", "127.0.0.1"),
                file.number("health_port", 0, 65_535, 8080),
                Duration.ofSeconds(file.number("stop_timeout_seconds", 1, 600, 30)),
                Duration.ofSeconds(file.number("redrive_timeout_seconds", 1, 86_400, 900)));
        file.requireNothingElse();
        return settings;
    }

    private static Buffering buffering(ConfigurationFile file) {
        return new Buffering(
                file.number("buffering_size_mb", 1, 128, 5) * MEBIBYTE,
                Duration.ofSeconds(file.number("buffering_interval_seconds", 0, 900, 300)),
                file.number("max_buffered_mb", 1, 1_048_576, 256) * MEBIBYTE,
                file.number("max_open_prefixes", 1, 1_000_000, 500));
    }

    /** As the library wants names. */
    private static String name(ConfigurationFile file, String setting, String text) {
        if (text.isBlank() || text.contains("/")) {
            throw file.wrong(setting, "a name without slashes is wanted, not '" + text + "'");
        }
        return text;
    }

    private static Map<String, String> tags(ConfigurationFile file, String name) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String tag : file.texts(name)) {
            int equals = tag.indexOf('=');
            if (equals < 1) {
                throw file.wrong(name, "tags such as team=clicks are wanted, not '" + tag + "'");
            }
            tags.put(tag.substring(0, equals), tag.substring(equals + 1));
        }
        return tags;
    }

    private static InitialPosition position(String text) {
        return switch (text) {
            case "TRIM_HORIZON" -> InitialPosition.trimHorizon();
            case "LATEST" -> InitialPosition.latest();
            default -> {
                try {
                    yield InitialPosition.at(Instant.parse(text));
                } catch (DateTimeParseException e) {
                    throw new IllegalArgumentException(
                            "TRIM_HORIZON, LATEST or a time such as 2026-01-31T23:59:59Z is wanted, not '" + text + "'",
                            e);
                }
            }
        };
    }

    private static @Nullable URI endpoint(ConfigurationFile file, String name) {
        String text = file.text(name);
        return text == null ? null : file.made(name, text, URI::create);
    }
}
