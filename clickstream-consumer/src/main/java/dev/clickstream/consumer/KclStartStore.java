package dev.clickstream.consumer;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.kinesis.leases.EntityType;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.leases.LeaseRefresher;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseSerializer;

/**
 * Keeps the starting position in a row of the lease table. The row calls itself a {@code LEADER} entity. KCL 3.5.1 takes a
 * row of an unknown type for a lease when it assigns them, and one of a known type only where it looks for it: leader locks
 * it finds by key alone.
 */
final class KclStartStore implements StartPosition.Store {
    private static final String KEY = "clickstream-start-position";
    private static final String TIMESTAMP = "timestampMillis";
    private static final long TABLE_POLL_SECONDS = 1;
    private static final long TABLE_TIMEOUT_SECONDS = 600;

    private final LeaseManagementConfig leases;

    KclStartStore(LeaseManagementConfig leases) {
        this.leases = leases;
    }

    @Override
    public @Nullable Instant read() {
        try {
            AttributeValue millis = dynamoDb()
                    .getItem(r -> r.tableName(leases.tableName())
                            .key(Map.of("leaseKey", AttributeValue.fromS(KEY)))
                            .consistentRead(true))
                    .join()
                    .item()
                    .get(TIMESTAMP);
            return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis.n()));
        } catch (CompletionException e) {
            if (e.getCause() instanceof ResourceNotFoundException) {
                return null;
            }
            throw e;
        }
    }

    /** Makes the table first, if it is not there, and waits for it. */
    @Override
    public boolean create(Instant start) throws Exception {
        createTable();
        try {
            dynamoDb()
                    .putItem(r -> r.tableName(leases.tableName())
                            .item(Map.of(
                                    "leaseKey",
                                    AttributeValue.fromS(KEY),
                                    "entityType",
                                    AttributeValue.fromS(EntityType.LEADER_LOCK.getDdbValue()),
                                    TIMESTAMP,
                                    AttributeValue.fromN(Long.toString(start.toEpochMilli()))))
                            .conditionExpression("attribute_not_exists(leaseKey)"))
                    .join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof ConditionalCheckFailedException) {
                return false;
            }
            throw e;
        }
    }

    /** As KCL would make it a moment later, with the user's settings. */
    private void createTable() throws Exception {
        LeaseRefresher refresher = leases.leaseManagementFactory(new DynamoDBLeaseSerializer(), false)
                .createLeaseRefresher();
        refresher.createLeaseTableIfNotExists();
        if (!refresher.waitUntilLeaseTableExists(TABLE_POLL_SECONDS, TABLE_TIMEOUT_SECONDS)) {
            throw new IllegalStateException("The lease table " + leases.tableName() + " is not ready after "
                    + TABLE_TIMEOUT_SECONDS + " seconds");
        }
    }

    private DynamoDbAsyncClient dynamoDb() {
        return leases.dynamoDBClient();
    }
}
