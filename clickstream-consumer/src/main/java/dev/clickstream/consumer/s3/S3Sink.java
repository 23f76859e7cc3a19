package dev.clickstream.consumer.s3;

import static java.util.Objects.requireNonNull;

import dev.clickstream.consumer.Batch;
import dev.clickstream.consumer.FailedRecord;
import dev.clickstream.consumer.Row;
import dev.clickstream.consumer.Sink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Writes batches as objects to S3, each record to the hour of its own arrival, under names that follow from the batch
 * alone: a batch that is delivered again meets its own objects. Thread-safe.
 *
 * <p>An object is created, never replaced: {@code If-None-Match: *}. When there is one already, the digest of its
 * uncompressed rows decides, which stands in its metadata: the same is done; another is replaced, unless it is fuller
 * and the batch is no longer what it was. What a transform could not process goes to the error prefix, one JSON object a
 * line, as Firehose writes it.
 *
 * <p>Keys, extensions and encodings are Firehose's (facts from the Data Firehose Developer Guide); the time in a name is
 * that of the batch's first record, and its UUID is derived. The client is the caller's, and is not closed.
 */
public final class S3Sink implements Sink {
    private static final String ROWS = "rows";
    private static final String ERRORS = "errors";

    private final ObjectStore store;
    private final PrefixExpression prefix;
    private final PrefixExpression errorPrefix;
    private final ZoneId zone;
    private final Compression compression;
    private final String extension;
    private final byte[] delimiter;
    private final long maxObjectBytes;
    private final Duration attemptTimeout;
    private final String configuration;

    private S3Sink(Builder builder) {
        this.store = new ObjectStore(builder.s3, builder.bucket, builder.attemptTimeout);
        this.prefix = PrefixExpression.parse(builder.prefix);
        this.errorPrefix = errorPrefix(builder, prefix);
        this.zone = builder.zone;
        this.compression = builder.compression;
        this.extension = builder.fileExtension.isEmpty() ? compression.extension() : builder.fileExtension;
        this.delimiter = builder.delimiter.getBytes(StandardCharsets.UTF_8);
        this.maxObjectBytes = builder.maxObjectBytes;
        this.attemptTimeout = builder.attemptTimeout;
        this.configuration = String.join(
                "\n",
                "s3",
                builder.bucket,
                prefix.toString(),
                errorPrefix.toString(),
                zone.getId(),
                compression.name(),
                extension,
                builder.delimiter,
                Long.toString(maxObjectBytes));
    }

    private static PrefixExpression errorPrefix(Builder builder, PrefixExpression prefix) {
        if (builder.errorOutputPrefix != null) {
            return PrefixExpression.parseError(builder.errorOutputPrefix);
        }
        if (prefix.hasExpressions()) {
            throw new IllegalArgumentException(
                    "The prefix '" + prefix + "' has expressions, so an errorOutputPrefix is required");
        }
        return PrefixExpression.parseError(prefix.toString());
    }

    /**
     * A builder.
     *
     * @param s3 the caller's client
     * @param bucket there already
     * @return a new one
     */
    public static Builder builder(S3Client s3, String bucket) {
        return new Builder(s3, bucket);
    }

    @Override
    public void deliver(Batch batch) {
        BatchObjects rows = new BatchObjects(compression, delimiter, maxObjectBytes);
        for (Row row : batch.rows()) {
            rows.add(prefix.evaluate(row.arrival(), zone, ""), row.data());
        }
        put(batch, ROWS, rows);
        BatchObjects errors = new BatchObjects(compression, new byte[] {'\n'}, maxObjectBytes);
        for (FailedRecord failed : batch.failures()) {
            String key = errorPrefix.evaluate(failed.arrival(), zone, ErrorObject.PROCESSING_FAILED);
            errors.add(key, ErrorObject.line(failed));
        }
        put(batch, ERRORS, errors);
    }

    private void put(Batch batch, String kind, BatchObjects objects) {
        objects.close((place, written) -> {
            ObjectKey key = new ObjectKey(batch.id(), name() + " " + kind, place.prefix(), place.part());
            store.put(
                    key.at(batch.firstArrival(), zone, extension),
                    written,
                    compression.contentEncoding(),
                    batch.content());
        });
    }

    @Override
    public String configuration() {
        return configuration;
    }

    @Override
    public Duration writeBound() {
        return attemptTimeout;
    }

    /** Settings of a {@link S3Sink}. Not thread-safe. */
    public static final class Builder {
        private static final int MAX_EXTENSION_CHARACTERS = 128;
        private static final Pattern EXTENSION = Pattern.compile("^(|\\.[0-9a-z!\\-_.*'()]+)$");

        private final S3Client s3;
        private final String bucket;
        private String prefix = "";
        private @Nullable String errorOutputPrefix;
        private ZoneId zone = ZoneOffset.UTC;
        private Compression compression = Compression.GZIP;
        private String fileExtension = "";
        private String delimiter = "\n";
        private long maxObjectBytes = 256L * 1024 * 1024;
        private Duration attemptTimeout = Duration.ofMinutes(1);

        private Builder(S3Client s3, String bucket) {
            this.s3 = requireNonNull(s3, "s3");
            this.bucket = requireNonNull(bucket, "bucket");
        }

        /**
         * What keys begin with, as Firehose's {@code Prefix}: see {@link PrefixExpression}. Default:
         * {@code yyyy/MM/dd/HH/}.
         *
         * @param prefix such as {@code clicks/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/}
         * @return this builder
         */
        public Builder prefix(String prefix) {
            this.prefix = requireNonNull(prefix, "prefix");
            return this;
        }

        /**
         * What keys of the error output begin with, as Firehose's {@code ErrorOutputPrefix}. Required when the prefix
         * has expressions; default otherwise: {@code <prefix>processing-failed/yyyy/MM/dd/HH/}.
         *
         * @param prefix such as {@code errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/}
         * @return this builder
         */
        public Builder errorOutputPrefix(String prefix) {
            this.errorOutputPrefix = requireNonNull(prefix, "prefix");
            return this;
        }

        /**
         * The time zone of prefixes and names. Default: UTC.
         *
         * @param zone any
         * @return this builder
         */
        public Builder customTimeZone(ZoneId zone) {
            this.zone = requireNonNull(zone, "zone");
            return this;
        }

        /**
         * How objects are compressed. Default: {@link Compression#GZIP}.
         *
         * @param compression any
         * @return this builder
         */
        public Builder compressionFormat(Compression compression) {
            this.compression = requireNonNull(compression, "compression");
            return this;
        }

        /**
         * What keys end with, instead of the compression's extension. Default: the compression's.
         *
         * @param extension begins with a dot; up to 128 of {@code 0-9a-z!-_.*'()}; empty means not given
         * @return this builder
         */
        public Builder fileExtension(String extension) {
            if (!EXTENSION.matcher(requireNonNull(extension, "extension")).matches()
                    || extension.length() > MAX_EXTENSION_CHARACTERS) {
                throw new IllegalArgumentException("fileExtension '" + extension + "' must match " + EXTENSION.pattern()
                        + " and have at most " + MAX_EXTENSION_CHARACTERS + " characters");
            }
            this.fileExtension = extension;
            return this;
        }

        /**
         * What is put behind each row. Default: a newline, which makes JSON lines of JSON objects. (Firehose's default
         * is nothing.)
         *
         * @param delimiter may be empty
         * @return this builder
         */
        public Builder delimiter(String delimiter) {
            this.delimiter = requireNonNull(delimiter, "delimiter");
            return this;
        }

        /**
         * Where a batch is split into several objects per prefix. Default: 256 MiB.
         *
         * @param bytes before compression; a row that is larger has an object of its own
         * @return this builder
         */
        public Builder maxObjectSize(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxObjectSize must be at least 1 byte, not " + bytes);
            }
            this.maxObjectBytes = bytes;
            return this;
        }

        /**
         * How long a put may take, the client's own retries included. Default: one minute.
         *
         * @param timeout positive
         * @return this builder
         */
        public Builder attemptTimeout(Duration timeout) {
            if (requireNonNull(timeout, "timeout").isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("attemptTimeout must be positive, not " + timeout);
            }
            this.attemptTimeout = timeout;
            return this;
        }

        /**
         * Makes the sink.
         *
         * @return a new one
         * @throws IllegalArgumentException when a prefix is not an expression, or the error prefix is missing
         */
        public S3Sink build() {
            return new S3Sink(this);
        }
    }
}
