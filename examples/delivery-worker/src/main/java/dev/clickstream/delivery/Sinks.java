package dev.clickstream.delivery;

import dev.clickstream.consumer.FailurePolicy;
import dev.clickstream.consumer.s3.S3Sink;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** Makes sinks; what they refuse is told with the setting's name. */
final class Sinks {
    private final ConfigurationFile file;
    private final Output output;
    private final S3Client s3;

    Sinks(ConfigurationFile file, Output output, S3Client s3) {
        this.file = file;
        this.output = output;
        this.s3 = s3;
    }

    /** Of rows, and of what could not be processed. */
    S3Sink rows() {
        return rows("rows", output.bucket(), output.prefix());
    }

    /** Of records as they came, a line each; null if nobody wants them. */
    @Nullable
    S3Sink backup() {
        Output.Backup backup = output.backup();
        return backup == null ? null : built(sink("source-backup", backup.bucket(), backup.prefix()));
    }

    FailurePolicy failurePolicy(Refusals refusals) {
        return switch (refusals.policy()) {
            case RETRY -> FailurePolicy.retry();
            case HALT -> FailurePolicy.halt(refusals.after());
            case DEAD_LETTER -> FailurePolicy.deadLetter(refusals.after(), deadLetters(refusals));
        };
    }

    private S3Sink deadLetters(Refusals refusals) {
        String bucket = refusals.deadLetterBucket();
        if (bucket == null) {
            throw file.wrong("dead_letter_bucket", "it is required");
        }
        return rows("dead-letters", bucket, refusals.deadLetterPrefix());
    }

    private S3Sink rows(String name, String bucket, String prefix) {
        Output.Objects objects = output.objects();
        S3Sink.Builder sink =
                sink(name, bucket, prefix).format(objects.format()).delimiter(objects.delimiter());
        if (output.eventTime() != null) {
            sink.eventTime(output.eventTime());
        }
        return built(sink);
    }

    private S3Sink.Builder sink(String name, String bucket, String prefix) {
        Output.Objects objects = output.objects();
        S3Sink.Builder sink = S3Sink.builder(s3, bucket)
                .name(name)
                .prefix(prefix)
                .compressionFormat(objects.compression())
                .attemptTimeout(output.attemptTimeout());
        file.made("custom_time_zone", "", text -> sink.customTimeZone(output.timeZone()));
        file.made("file_extension", objects.fileExtension(), sink::fileExtension);
        if (output.errorOutputPrefix() != null) {
            sink.errorOutputPrefix(output.errorOutputPrefix());
        }
        storage(sink, output.storage());
        return sink;
    }

    private S3Sink built(S3Sink.Builder sink) {
        return file.made("error_output_prefix", "", text -> sink.build());
    }

    private static void storage(S3Sink.Builder sink, Output.Storage storage) {
        switch (storage.encryption()) {
            case BUCKET_DEFAULT -> {
                // As the bucket does it.
            }
            case SSE_S3 -> sink.sseS3();
            case SSE_KMS -> sink.sseKms(storage.kmsKey());
        }
        if (storage.storageClass() != Output.StorageClass.STANDARD) {
            sink.storageClass(StorageClass.fromValue(storage.storageClass().name()));
        }
    }
}
