package dev.clickstream.consumer.s3;

import static java.util.Objects.requireNonNull;

import dev.clickstream.consumer.Batch;
import dev.clickstream.consumer.BatchId;
import dev.clickstream.consumer.ManifestStore;
import dev.clickstream.consumer.Sink;
import dev.clickstream.consumer.SinkBuffer;
import dev.clickstream.consumer.WriteWindow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * Writes batches as objects to S3, each record to the hour of its own arrival or event time, under names that follow from the batch
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
    private final ObjectStore store;
    private final S3Layout layout;
    private final String name;
    private final String configuration;

    private S3Sink(Builder builder) {
        PrefixExpression prefix = PrefixExpression.parse(builder.prefix);
        Compression compression = builder.compression;
        compression.requireAvailable();
        this.store = new ObjectStore(builder.s3, builder.bucket, builder.attemptTimeout, builder.storage);
        this.name = builder.name;
        this.layout = new S3Layout(
                name,
                prefix,
                errorPrefix(builder, prefix),
                builder.zone,
                compression,
                builder.fileExtension.isEmpty() ? compression.extension() : builder.fileExtension,
                delimiter(builder).getBytes(StandardCharsets.UTF_8),
                builder.format,
                builder.eventTime);
        this.configuration = String.join("\n", "s3", name, builder.bucket, layout.configuration());
    }

    private static String delimiter(Builder builder) {
        if (builder.format != RowFormat.AS_IS && !builder.delimiter.equals("\n")) {
            throw new IllegalArgumentException(
                    "format " + builder.format + " is delimited by a newline, and delimiter is something else");
        }
        return builder.delimiter;
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
    public SinkBuffer open(BatchId id, Instant firstArrival) {
        return new S3Buffer(layout, store, id, firstArrival);
    }

    @Override
    public void deliver(Batch batch) throws Exception {
        SinkBuffer buffer = open(batch.id(), batch.firstArrival());
        batch.rows().forEach(buffer::add);
        batch.failures().forEach(buffer::add);
        var unused = buffer.seal();
        buffer.deliver(batch.content(), WriteWindow.unlimited());
    }

    @Override
    public void remove(String uri, WriteWindow window) {
        if (store.isUri(uri)) {
            store.remove(uri, window::left);
        }
    }

    @Override
    public ManifestStore manifestStore() {
        return new S3Manifests(store);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String configuration() {
        return configuration;
    }

    @Override
    public Duration writeBound() {
        return store.attemptTimeout();
    }

    /** Settings of a {@link S3Sink}. Not thread-safe. */
    public static final class Builder {

        private final S3Client s3;
        private final String bucket;
        private String name = S3Sink.class.getSimpleName();
        private String prefix = "";
        private @Nullable String errorOutputPrefix;
        private ZoneId zone = ZoneOffset.UTC;
        private Compression compression = Compression.GZIP;
        private String fileExtension = "";
        private String delimiter = "\n";
        private RowFormat format = RowFormat.AS_IS;
        private @Nullable EventTime eventTime;
        private Duration attemptTimeout = Duration.ofMinutes(1);
        private ObjectStorage storage = ObjectStorage.DEFAULT;

        private Builder(S3Client s3, String bucket) {
            this.s3 = requireNonNull(s3, "s3");
            this.bucket = requireNonNull(bucket, "bucket");
        }

        /**
         * What it is called in logs and health, and a part of what the UUIDs of its objects are made of: two sinks whose
         * rows meet under one prefix of a bucket need two names. Default: {@code S3Sink}.
         *
         * @param name not empty; another one makes other objects of a batch
         * @return this builder
         */
        public Builder name(String name) {
            if (requireNonNull(name, "name").isBlank()) {
                throw new IllegalArgumentException("name must not be empty");
            }
            this.name = name;
            return this;
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
         * The time zone of prefixes and names, as Firehose's {@code CustomTimeZone}. Default: UTC.
         *
         * @param zone by its name, such as {@code Europe/Madrid}; as the service, not by an offset
         * @return this builder
         */
        public Builder customTimeZone(ZoneId zone) {
            this.zone = S3Layout.timeZone(requireNonNull(zone, "zone"));
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
            this.fileExtension = S3Layout.fileExtension(requireNonNull(extension, "extension"));
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
         * What rows look like. Default: {@link RowFormat#AS_IS}.
         *
         * @param format any
         * @return this builder
         */
        public Builder format(RowFormat format) {
            this.format = requireNonNull(format, "format");
            return this;
        }

        /**
         * Rows go to the hour in which they happened. Default: to that of their arrival.
         *
         * @param eventTime where it stands, and what becomes of late rows
         * @return this builder
         */
        public Builder eventTime(EventTime eventTime) {
            this.eventTime = requireNonNull(eventTime, "eventTime");
            return this;
        }

        /**
         * How long a call may take, the client's own retries included, and all of an attempt at a batch: what is not
         * there then is written after the lease was seen again. Default: one minute.
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
         * Objects are encrypted by S3 with its own keys (SSE-S3, AES-256). Default: as the bucket does it.
         *
         * @return this builder
         */
        public Builder sseS3() {
            this.storage = storage.withEncryption(ServerSideEncryption.AES256, null);
            return this;
        }

        /**
         * Objects are encrypted by S3 with a key of KMS (SSE-KMS), through the bucket's own key, which spares calls of
         * KMS. Default: as the bucket does it.
         *
         * @param keyId an id, ARN or alias; the client's role needs {@code kms:GenerateDataKey}, and
         *     {@code kms:Decrypt} for objects in parts
         * @return this builder
         */
        public Builder sseKms(String keyId) {
            this.storage = storage.withEncryption(ServerSideEncryption.AWS_KMS, requireNonNull(keyId, "keyId"));
            return this;
        }

        /**
         * Which storage class objects have. Default: STANDARD, or as the bucket does it.
         *
         * @param storageClass one that can be read at once; others cannot be queried
         * @return this builder
         */
        public Builder storageClass(StorageClass storageClass) {
            this.storage = storage.withStorageClass(requireNonNull(storageClass, "storageClass"));
            return this;
        }

        /** For tests: puts objects in parts that are larger than this. */
        Builder parts(long largerThanBytes, int partBytes) {
            this.storage = storage.withParts(largerThanBytes, partBytes);
            return this;
        }

        /**
         * Makes the sink.
         *
         * @return a new one
         * @throws IllegalArgumentException when a prefix is not an expression, or the error prefix is missing
         * @throws IllegalStateException when the compression's library is missing
         */
        public S3Sink build() {
            return new S3Sink(this);
        }
    }
}
