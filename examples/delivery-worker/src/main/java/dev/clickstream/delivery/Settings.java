package dev.clickstream.delivery;

import dev.clickstream.cloudfront.ClickReader.BotPolicy;
import dev.clickstream.cloudfront.ClickRules;
import dev.clickstream.cloudfront.RealTimeLogFormat;
import dev.clickstream.consumer.CloudFrontClicks;
import dev.clickstream.consumer.InitialPosition;
import dev.clickstream.consumer.RetrievalMode;
import dev.clickstream.consumer.Transform;
import dev.clickstream.consumer.s3.Compression;
import dev.clickstream.consumer.s3.RowFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the worker is to do. Immutable.
 *
 * @param application KCL's application, and its lease table
 * @param stream to read
 * @param transform of its records
 * @param output where rows go
 * @param bufferingSizeBytes how large a batch grows
 * @param bufferingInterval how long a batch waits
 * @param initialPosition where a new application begins
 * @param workerId who this is among others
 * @param retrieval how KCL reads
 * @param aws where AWS is, unless where it always is
 * @param healthHost where health is told
 * @param healthPort the same; 0 for any that is free
 * @param stopTimeout how long a stop may take
 */
record Settings(
        String application,
        String stream,
        Transform transform,
        Output output,
        long bufferingSizeBytes,
        Duration bufferingInterval,
        InitialPosition initialPosition,
        String workerId,
        RetrievalMode retrieval,
        Aws aws,
        String healthHost,
        int healthPort,
        Duration stopTimeout) {

    private static final long MEBIBYTE = 1024L * 1024;

    /** What records are. */
    private enum Kind {
        CLOUDFRONT,
        PASS_THROUGH
    }

    /** The objects. */
    record Output(
            String bucket,
            String prefix,
            @Nullable String errorOutputPrefix,
            ZoneId timeZone,
            RowFormat format,
            Compression compression,
            String fileExtension) {}

    /** Endpoints of something that stands in for AWS, and the region. */
    record Aws(@Nullable String region, @Nullable URI kinesis, @Nullable URI dynamoDb, @Nullable URI s3) {}

    static Settings of(ConfigurationFile file) {
        Settings settings = new Settings(
                file.required("application"),
                file.required("stream"),
                transform(file),
                new Output(
                        file.required("bucket"),
                        file.text("prefix", ""),
                        file.text("error_output_prefix"),
                        file.made("custom_time_zone", file.text("custom_time_zone", "UTC"), ZoneId::of),
                        file.choice("format", RowFormat.class, RowFormat.AS_IS),
                        file.choice("compression_format", Compression.class, Compression.GZIP),
                        file.text("file_extension", "")),
                file.number("buffering_size_mb", 1, 128, 5) * MEBIBYTE,
                Duration.ofSeconds(file.number("buffering_interval_seconds", 0, 900, 300)),
                file.made("initial_position", file.text("initial_position", "TRIM_HORIZON"), Settings::position),
                file.text("worker_id", UUID.randomUUID().toString()),
                file.choice("retrieval", RetrievalMode.class, RetrievalMode.POLLING),
                new Aws(
                        file.text("region"),
                        endpoint(file, "kinesis_endpoint"),
                        endpoint(file, "dynamodb_endpoint"),
                        endpoint(file, "s3_endpoint")),
                file.text("health_host", "127.0.0.1"),
                file.number("health_port", 0, 65_535, 8080),
                Duration.ofSeconds(file.number("stop_timeout_seconds", 1, 600, 30)));
        file.requireNothingElse();
        return settings;
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

    private static Transform transform(ConfigurationFile file) {
        Kind kind = file.choice("transform", Kind.class, Kind.CLOUDFRONT);
        String rules = file.json("rules");
        String rulesFile = file.text("rules_file");
        List<String> fields = file.texts("log_fields");
        String logConfiguration = file.text("log_configuration_file");
        boolean dropBots = file.choice("drop_bots", YesNo.class, YesNo.FALSE) == YesNo.TRUE;
        String salt = file.text("salt", "");
        if (kind == Kind.PASS_THROUGH) {
            return Transform.passThrough();
        }
        RealTimeLogFormat format;
        if (logConfiguration != null) {
            format = file.made(
                    "log_configuration_file",
                    logConfiguration,
                    path -> RealTimeLogFormat.fromConfiguration(content(file.beside(path))));
        } else if (!fields.isEmpty()) {
            format = file.made("log_fields", "", unused -> RealTimeLogFormat.of(fields));
        } else {
            throw file.wrong(
                    "log_fields",
                    "the fields of the real-time log are wanted, in its own order; or a"
                            + " log_configuration_file with what GetRealtimeLogConfig answers");
        }
        ClickRules clicks;
        if (rulesFile != null) {
            clicks = file.made("rules_file", rulesFile, path -> ClickRules.parse(content(file.beside(path))));
        } else if (rules != null) {
            clicks = file.made("rules", rules, ClickRules::parse);
        } else {
            throw file.wrong("rules", "what a click is must be said, or a rules_file be named that says it");
        }
        return file.made(
                "rules",
                "",
                unused -> new CloudFrontClicks(format, clicks, dropBots ? BotPolicy.DROP : BotPolicy.KEEP, salt));
    }

    /** As JSON and environment variables spell it. */
    private enum YesNo {
        TRUE,
        FALSE
    }

    private static String content(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
