package dev.clickstream.storefront;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** An application's leases, as anybody can see them. Thread-safe. */
final class LeaseTable {

    private final DynamoDbAsyncClient dynamoDb;
    private final String name;

    LeaseTable(DynamoDbAsyncClient dynamoDb, String name) {
        this.dynamoDb = dynamoDb;
        this.name = name;
    }

    /** Whether a batch of any shard is prepared and not committed. */
    boolean isBatchPending() {
        return dynamoDb.scan(leases -> leases.tableName(name).consistentRead(true)).join().items().stream()
                .anyMatch(lease -> lease.containsKey("pendingCheckpoint"));
    }
}
