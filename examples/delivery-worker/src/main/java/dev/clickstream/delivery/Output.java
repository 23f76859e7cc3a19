package dev.clickstream.delivery;

import dev.clickstream.consumer.s3.Compression;
import dev.clickstream.consumer.s3.EventTime;
import dev.clickstream.consumer.s3.PrefixExpression;
import dev.clickstream.consumer.s3.RowFormat;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where rows go, and how. Immutable.
 *
 * @param bucket of objects
 * @param prefix of rows
 * @param errorOutputPrefix of what could not be processed; null for the library's default
 * @param timeZone of prefixes and names
 * @param objects what an object is
 * @param eventTime null for rows that go by their arrival
 * @param storage how S3 keeps objects
 * @param attemptTimeout how long a call may take
 * @param backup where records go as they came; null for nowhere
 */
record Output(
        String bucket,
        String prefix,
        @Nullable String errorOutputPrefix,
        ZoneId timeZone,
        Objects objects,
        @Nullable EventTime eventTime,
        Storage storage,
        Duration attemptTimeout,
        @Nullable Backup backup) {
    private static final String NEWLINE = "\n";
    private static final int DAY_SECONDS = 24 * 60 * 60;
    private static final int YEAR_SECONDS = 366 * DAY_SECONDS;

    /** What an object is. */
    record Objects(RowFormat format, String delimiter, Compression compression, String fileExtension) {}

    /** How S3 keeps them. */
    record Storage(Encryption encryption, String kmsKey, StorageClass storageClass) {}

    /** Where source records go. */
    record Backup(String bucket, String prefix) {}

    /** Who encrypts. */
    enum Encryption {
        BUCKET_DEFAULT,
        SSE_S3,
        SSE_KMS
    }

    /** Those of S3 that can be read at once. */
    enum StorageClass {
        STANDARD,
        INTELLIGENT_TIERING,
        STANDARD_IA,
        ONEZONE_IA,
        GLACIER_IR
    }

    /** Where late rows go. */
    private enum LateRows {
        OWN_HOUR,
        ARRIVAL_HOUR,
        LATE_PREFIX
    }

    /** What numbers count since 1970. */
    private enum Unit {
        SECONDS,
        MILLIS,
        MICROS,
        NANOS
    }

    static Output of(ConfigurationFile file) {
        return new Output(
                file.required("bucket"),
                checked(file, "prefix", file.text("prefix", ""), PrefixExpression::parse),
                errorOutputPrefix(file),
                file.made("custom_time_zone", file.text("custom_time_zone", "UTC"), ZoneId::of),
                objects(file),
                eventTime(file),
                storage(file),
                Duration.ofSeconds(file.number("attempt_timeout_seconds", 1, 900, 60)),
                backup(file));
    }

    private static @Nullable Backup backup(ConfigurationFile file) {
        String prefix = file.text("source_backup_prefix");
        String bucket = file.text("source_backup_bucket");
        if (prefix == null && bucket == null) {
            return null;
        }
        String text = prefix == null ? "" : prefix;
        return new Backup(
                bucket == null ? file.required("bucket") : bucket,
                checked(file, "source_backup_prefix", text, PrefixExpression::parse));
    }

    private static @Nullable String errorOutputPrefix(ConfigurationFile file) {
        String text = file.text("error_output_prefix");
        if (text == null) {
            if (PrefixExpression.parse(file.text("prefix", "")).hasExpressions()) {
                throw file.wrong("error_output_prefix", "it is required, as prefix has expressions");
            }
            return null;
        }
        return checked(file, "error_output_prefix", text, PrefixExpression::parseError);
    }

    private static String checked(ConfigurationFile file, String name, String text, Function<String, ?> check) {
        Object unused = file.made(name, text, check);
        return text;
    }

    private static Objects objects(ConfigurationFile file) {
        RowFormat format = file.choice("format", RowFormat.class, RowFormat.AS_IS);
        String delimiter = file.text("delimiter", NEWLINE);
        if (format != RowFormat.AS_IS && !delimiter.equals(NEWLINE)) {
            throw file.wrong("delimiter", "rows of format " + format + " are lines: only a newline is allowed");
        }
        return new Objects(
                format,
                delimiter,
                file.choice("compression_format", Compression.class, Compression.GZIP),
                file.text("file_extension", ""));
    }

    private static @Nullable EventTime eventTime(ConfigurationFile file) {
        String field = file.text("event_time_field");
        Unit unit = file.choice("event_time_unit", Unit.class, Unit.MILLIS);
        int allowedFuture = file.number("event_time_allowed_future_seconds", 0, YEAR_SECONDS, 60);
        LateRows lateRows = file.choice("late_rows", LateRows.class, LateRows.OWN_HOUR);
        Duration lateAfter = Duration.ofSeconds(file.number("late_after_seconds", 0, YEAR_SECONDS, DAY_SECONDS));
        String latePrefix = file.text("late_prefix");
        if (field == null) {
            file.requireUnset(
                    "it needs event_time_field",
                    "event_time_unit",
                    "event_time_allowed_future_seconds",
                    "late_rows",
                    "late_after_seconds",
                    "late_prefix");
            return null;
        }
        EventTime time = file.made("event_time_field", field, EventTime::ofField)
                .unit(ChronoUnit.valueOf(unit.name()))
                .allowedFuture(Duration.ofSeconds(allowedFuture));
        if (lateRows != LateRows.LATE_PREFIX) {
            file.requireUnset("it needs late_rows LATE_PREFIX", "late_prefix");
        }
        return switch (lateRows) {
            case OWN_HOUR -> {
                file.requireUnset("it needs late_rows ARRIVAL_HOUR or LATE_PREFIX", "late_after_seconds");
                yield time;
            }
            case ARRIVAL_HOUR -> time.lateToArrival(lateAfter);
            case LATE_PREFIX -> {
                if (latePrefix == null) {
                    throw file.wrong("late_prefix", "it is required, as late_rows is LATE_PREFIX");
                }
                yield file.made("late_prefix", latePrefix, prefix -> time.lateToPrefix(lateAfter, prefix));
            }
        };
    }

    private static Storage storage(ConfigurationFile file) {
        Encryption encryption = file.choice("encryption", Encryption.class, Encryption.BUCKET_DEFAULT);
        String key = file.text("kms_key", "");
        if (encryption == Encryption.SSE_KMS && key.isBlank()) {
            throw file.wrong("kms_key", "it is required, as encryption is SSE_KMS: an id, ARN or alias");
        }
        if (encryption != Encryption.SSE_KMS) {
            file.requireUnset("it needs encryption SSE_KMS", "kms_key");
        }
        return new Storage(encryption, key, file.choice("storage_class", StorageClass.class, StorageClass.STANDARD));
    }
}
