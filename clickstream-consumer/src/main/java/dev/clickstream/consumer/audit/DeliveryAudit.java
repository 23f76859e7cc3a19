package dev.clickstream.consumer.audit;

import static java.util.Objects.requireNonNull;

import dev.clickstream.consumer.StreamScan;
import dev.clickstream.consumer.s3.PrefixExpression;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Reads delivered objects, and the stream if it is given, and reports what is doubled, out of order, under another prefix
 * than that of its arrival, or missing. For objects of {@code RowFormat.JSON_LINES_WITH_ORIGIN}, uncompressed, in GZIP or
 * in Zstandard; lines of the error output are known by what stands in them, wherever they lie.
 *
 * <p>From objects alone it sees what is missing within aggregated records and within the rows of a record; with the
 * stream, each record that the stream still keeps. A row that is missing at the end of its record's rows cannot be seen.
 *
 * <p>Memory: about 70 bytes for each row, 150 for each line of the error output and for each record that is not there;
 * {@link Builder#maxRows} is the bound. Objects are read one after the other, and no longer than a line is held. Changes
 * nothing anywhere; reads of the stream share its shards' limits with other readers. Not thread-safe: an audit runs once.
 */
public final class DeliveryAudit {
    private final Builder settings;

    private DeliveryAudit(Builder settings) {
        this.settings = settings;
    }

    /**
     * A builder.
     *
     * @return a new one
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads everything. Objects come first: what arrives meanwhile is not taken for missing only if a time is given, see
     * {@link Builder#arrivedBefore}.
     *
     * @return what was found
     * @throws IOException when something cannot be read; an object that is broken is a finding
     * @throws IllegalStateException when there are more rows than {@link Builder#maxRows}
     */
    public AuditReport run() throws IOException {
        Findings findings = new Findings();
        FailedLines failed = new FailedLines();
        ObjectCheck objects = new ObjectCheck(settings.prefix, settings.zone, settings.maxRows, failed, findings);
        for (ObjectSource source : settings.sources) {
            source.forEach(objects::read);
        }
        Map<String, ShardRows> rows = objects.sorted();
        AbsentRows absent = new AbsentRows(settings.maxRows);
        StreamCheck stream = new StreamCheck(failed, absent, findings);
        if (settings.stream != null) {
            stream.read(settings.stream, settings.from, settings.before, rows);
        }
        GapCheck gaps = new GapCheck(stream::hasRead, absent);
        rows.values().forEach(gaps::read);
        absent.settle(failed, settings.dropped, findings);
        failed.findTwice(findings);
        return new AuditReport(
                objects.objects(),
                objects.rows(),
                failed.count(),
                stream.records(),
                absent.explained(),
                absent.dropped(),
                findings.counts(),
                findings.first());
    }

    /** Settings of a {@link DeliveryAudit}. Not thread-safe. */
    public static final class Builder {
        private static final long DEFAULT_MAX_ROWS = 20_000_000;

        private final List<ObjectSource> sources = new ArrayList<>();
        private @Nullable PrefixExpression prefix;
        private ZoneId zone = ZoneOffset.UTC;
        private @Nullable StreamScan stream;
        private @Nullable Instant from;
        private @Nullable Instant before;
        private long dropped;
        private long maxRows = DEFAULT_MAX_ROWS;

        private Builder() {}

        /**
         * Adds files, of rows or of the error output.
         *
         * @param folder stands for the bucket: keys are the names below it
         * @return this builder
         */
        public Builder folder(Path folder) {
            sources.add(new FolderObjects(requireNonNull(folder, "folder")));
            return this;
        }

        /**
         * Adds objects, of rows or of the error output. Needs {@code s3:ListBucket} and {@code s3:GetObject}.
         *
         * @param s3 the caller's client
         * @param bucket which one
         * @param keyPrefix what keys begin with; empty for all
         * @return this builder
         */
        public Builder bucket(S3Client s3, String bucket, String keyPrefix) {
            sources.add(new BucketObjects(
                    requireNonNull(s3, "s3"),
                    requireNonNull(bucket, "bucket"),
                    requireNonNull(keyPrefix, "keyPrefix")));
            return this;
        }

        /**
         * The sink's prefix, by which each row must lie in its arrival's. Default: none, and rows may lie anywhere. Not
         * for a sink that goes by event time.
         *
         * @param expression as the sink's
         * @return this builder
         */
        public Builder prefix(String expression) {
            this.prefix = PrefixExpression.parse(expression);
            return this;
        }

        /**
         * The time zone of the prefix. Default: UTC.
         *
         * @param zone as the sink's
         * @return this builder
         */
        public Builder customTimeZone(ZoneId zone) {
            this.zone = requireNonNull(zone, "zone");
            return this;
        }

        /**
         * The stream whose records must be there. Default: none. Needs {@code kinesis:ListShards},
         * {@code GetShardIterator} and {@code GetRecords}.
         *
         * @param kinesis the caller's client
         * @param streamName which one
         * @return this builder
         */
        public Builder stream(KinesisAsyncClient kinesis, String streamName) {
            this.stream = new StreamScan(requireNonNull(kinesis, "kinesis"), requireNonNull(streamName, "streamName"));
            return this;
        }

        /**
         * Records of the stream that arrived earlier need not be there. Default: all that the stream keeps.
         *
         * @param time such as the initial position of the application
         * @return this builder
         */
        public Builder arrivedFrom(Instant time) {
            this.from = requireNonNull(time, "time");
            return this;
        }

        /**
         * Records of the stream that arrived at that time or later need not be there yet. Default: all must be there, for
         * an application that has delivered everything.
         *
         * @param time for one that goes on: longer ago than its buffering interval
         * @return this builder
         */
        public Builder arrivedBefore(Instant time) {
            this.before = requireNonNull(time, "time");
            return this;
        }

        /**
         * How many records and rows may be absent without a line in the error output, as the transform drops some. Which
         * ones they are is not known: if there are more, all are reported. Default: 0, every record gives a row.
         *
         * @param count such as what the worker counted as dropped; {@link Long#MAX_VALUE} for any number
         * @return this builder
         */
        public Builder dropped(long count) {
            this.dropped = requireNotNegative("dropped", count);
            return this;
        }

        /**
         * How many rows and failures there may be at most. Default: 20 million, which want 2 GB of heap.
         *
         * @param count 0 or more
         * @return this builder
         */
        public Builder maxRows(long count) {
            this.maxRows = requireNotNegative("maxRows", count);
            return this;
        }

        private static long requireNotNegative(String name, long count) {
            if (count < 0) {
                throw new IllegalArgumentException(name + " must be 0 or more, not " + count);
            }
            return count;
        }

        /**
         * Makes the audit.
         *
         * @return a new one
         * @throws IllegalArgumentException when nothing is to be read
         */
        public DeliveryAudit build() {
            if (sources.isEmpty()) {
                throw new IllegalArgumentException("a folder or a bucket is wanted");
            }
            return new DeliveryAudit(this);
        }
    }
}
