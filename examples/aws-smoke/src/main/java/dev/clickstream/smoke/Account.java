package dev.clickstream.smoke;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What there is in the account under a run's names, and who made it; makes stream and bucket, marked. What bears no mark
 * is nobody's of ours.
 */
final class Account {
    private static final int NOT_FOUND = 404;

    private final Aws aws;
    private final Names names;

    Account(Aws aws, Names names) {
        this.aws = aws;
        this.names = names;
    }

    /** What is there under the names of the run, in words. */
    List<String> present() {
        List<String> present = new ArrayList<>();
        stream().ifPresent(stream -> present.add("stream " + names.stream()));
        names.tables().forEach(name -> table(name).ifPresent(table -> present.add("table " + name)));
        if (hasBucket()) {
            present.add("bucket " + names.bucket());
        }
        return present;
    }

    Optional<StreamDescriptionSummary> stream() {
        return found(
                        software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException.class,
                        aws.kinesis().describeStreamSummary(r -> r.streamName(names.stream())))
                .map(answer -> answer.streamDescriptionSummary());
    }

    Optional<TableDescription> table(String name) {
        return found(
                        software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException.class,
                        aws.dynamoDb().describeTable(r -> r.tableName(name)))
                .map(answer -> answer.table());
    }

    /** Also if it is somebody else's: names of buckets are the whole world's. */
    boolean hasBucket() {
        try {
            aws.s3().headBucket(r -> r.bucket(names.bucket()));
            return true;
        } catch (S3Exception e) {
            return e.statusCode() != NOT_FOUND;
        }
    }

    private static <A> Optional<A> found(Class<? extends Exception> notFound, CompletableFuture<A> call) {
        try {
            return Optional.of(call.join());
        } catch (CompletionException e) {
            if (notFound.isInstance(e.getCause())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whose run made the stream; null if it bears no mark. */
    @Nullable
    String streamOwner() {
        return aws.kinesis().listTagsForStream(r -> r.streamName(names.stream())).join().tags().stream()
                .filter(tag -> tag.key().equals(Names.TAG))
                .map(tag -> tag.value())
                .findFirst()
                .orElse(null);
    }

    /** Whose run made the table; null if it bears no mark. */
    @Nullable
    String tableOwner(TableDescription table) {
        return aws.dynamoDb().listTagsOfResource(r -> r.resourceArn(table.tableArn())).join().tags().stream()
                .filter(tag -> tag.key().equals(Names.TAG))
                .map(tag -> tag.value())
                .findFirst()
                .orElse(null);
    }

    /** Whose run made the bucket; null if it bears no mark. */
    @Nullable
    String bucketOwner() {
        try {
            return aws.s3()
                    .getObjectAsBytes(r -> r.bucket(names.bucket()).key(Names.MARKER_KEY))
                    .asUtf8String();
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    /** Returns when it can be written to. */
    void createStream(int shards, String owner) {
        aws.kinesis()
                .createStream(
                        r -> r.streamName(names.stream()).shardCount(shards).tags(Map.of(Names.TAG, owner)))
                .join();
        aws.kinesis()
                .waiter()
                .waitUntilStreamExists(r -> r.streamName(names.stream()))
                .join();
    }

    /** Marked, or not there. */
    void createBucket(String owner) {
        aws.s3().createBucket(r -> r.bucket(names.bucket()));
        try {
            aws.s3().waiter().waitUntilBucketExists(r -> r.bucket(names.bucket()));
            aws.s3().putObject(r -> r.bucket(names.bucket()).key(Names.MARKER_KEY), RequestBody.fromString(owner));
        } catch (RuntimeException e) {
            boolean interrupted = Thread.interrupted(); // with which the SDK would not even try
            try {
                aws.s3().deleteBucket(r -> r.bucket(names.bucket()));
            } catch (RuntimeException again) {
                e.addSuppressed(again);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw e;
        }
    }
}
