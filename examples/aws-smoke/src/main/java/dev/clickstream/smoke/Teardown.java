package dev.clickstream.smoke;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Consumer;

/**
 * Removes what a run made, all of it: each step is taken whatever became of the others, and nothing is touched that does
 * not bear the run's mark.
 */
final class Teardown {
    private final Aws aws;
    private final Names names;
    private final Account account;
    private final Predicate<String> ours;
    private final List<Leftover> left = new ArrayList<>();

    /**
     * Of what these owners made.
     *
     * @param ours whether a mark is ours
     */
    Teardown(Aws aws, Names names, Predicate<String> ours) {
        this.aws = aws;
        this.names = names;
        this.account = new Account(aws, names);
        this.ours = ours;
    }

    private interface Step {
        void take() throws Exception;
    }

    /** Returns what is still there. */
    List<Leftover> run() {
        String cli = " --region " + aws.region();
        String deleteStream =
                "aws kinesis delete-stream --enforce-consumer-deletion --stream-name " + names.stream() + cli;
        // Each consumer is billed by the hour, even if the stream should stay.
        step("consumers of stream " + names.stream(), deleteStream, this::removeConsumers);
        step("stream " + names.stream(), deleteStream, this::removeStream);
        for (String table : names.tables()) {
            step("table " + table, "aws dynamodb delete-table --table-name " + table + cli, () -> removeTable(table));
        }
        step("bucket " + names.bucket(), "aws s3 rb --force s3://" + names.bucket() + cli, this::removeBucket);
        return List.copyOf(left);
    }

    private void step(String what, String command, Step step) {
        try {
            step.take();
        } catch (NotOursException e) {
            left.add(new Leftover(what, String.valueOf(e.getMessage()), null));
        } catch (Exception e) {
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            left.add(new Leftover(what, String.valueOf(cause.getMessage()), command));
        }
    }

    private void removeConsumers() {
        var stream = account.stream();
        if (stream.isEmpty()) {
            return;
        }
        requireOurs(account.streamOwner());
        String arn = stream.get().streamARN();
        for (Consumer consumer :
                aws.kinesis().listStreamConsumers(r -> r.streamARN(arn)).join().consumers()) {
            aws.kinesis()
                    .deregisterStreamConsumer(r -> r.consumerARN(consumer.consumerARN()))
                    .join();
        }
    }

    private void removeStream() {
        if (account.stream().isEmpty()) {
            return;
        }
        requireOurs(account.streamOwner());
        aws.kinesis()
                .deleteStream(r -> r.streamName(names.stream()).enforceConsumerDeletion(true))
                .join();
        aws.kinesis()
                .waiter()
                .waitUntilStreamNotExists(r -> r.streamName(names.stream()))
                .join();
    }

    private void removeTable(String name) {
        var table = account.table(name);
        if (table.isEmpty()) {
            return;
        }
        requireOurs(account.tableOwner(table.get()));
        // A table that is still being made cannot be deleted.
        aws.dynamoDb().waiter().waitUntilTableExists(r -> r.tableName(name)).join();
        aws.dynamoDb().deleteTable(r -> r.tableName(name)).join();
        aws.dynamoDb().waiter().waitUntilTableNotExists(r -> r.tableName(name)).join();
    }

    private void removeBucket() {
        if (account.hasBucket()) {
            requireOurs(account.bucketOwner());
            new Bucket(aws.s3(), names.bucket()).remove();
        }
    }

    private void requireOurs(@Nullable String owner) {
        if (owner == null || !ours.test(owner)) {
            throw new NotOursException();
        }
    }

    private static final class NotOursException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotOursException() {
            super("it was not made by this run");
        }
    }
}
