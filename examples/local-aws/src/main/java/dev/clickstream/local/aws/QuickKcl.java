package dev.clickstream.local.aws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.kinesis.common.HashKeyRangeForLease;
import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.coordinator.migration.ClientVersion;
import software.amazon.kinesis.coordinator.migration.MigrationState;
import software.amazon.kinesis.leases.EntityType;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseSerializer;
import software.amazon.kinesis.lifecycle.LifecycleConfig;
import software.amazon.kinesis.metrics.MetricsConfig;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/**
 * The Kinesis Client Library (KCL) 3.5.1 made quick: two to three seconds to its first record instead of more than a
 * minute. <b>For local runs only.</b>
 *
 * <p>The settings poll many times a second and take leases away after two seconds of silence, and {@link #prepareLeases}
 * writes to the lease table what only KCL's elected leader should write. Against real AWS the former is throttled and
 * costs money, and the latter may cost records. Thread-safe: there is no state.
 *
 * <p>Needs {@code software.amazon.kinesis:amazon-kinesis-client} on the class path, which this module does not bring.
 */
public final class QuickKcl {
    private static final String LEASE_INDEX = "LeaseOwnerToLeaseKeyIndex";

    private QuickKcl() {}

    /**
     * Looks for work and for finished parents several times a second.
     *
     * @param config changed
     * @return the same
     */
    public static CoordinatorConfig quicken(CoordinatorConfig config) {
        return config.shardConsumerDispatchPollIntervalMillis(100)
                .parentShardPollIntervalMillis(200)
                .schedulerInitializationBackoffTimeMillis(200);
    }

    /**
     * Assigns leases twice a second, lets one expire after two seconds, and elects a leader within three. A worker says
     * every second that it lives: leases are assigned to one that is gone for twice that time, a minute by default.
     * Worker metrics are off: they would ask the metadata services of ECS and EC2.
     *
     * @param config changed
     * @return the same
     */
    public static LeaseManagementConfig quicken(LeaseManagementConfig config) {
        config.workerUtilizationAwareAssignmentConfig()
                .disableWorkerMetrics(true)
                .inMemoryWorkerMetricsCaptureFrequencyMillis(500)
                .workerMetricsReporterFreqInMillis(1_000);
        return config.failoverTimeMillis(2_000)
                .leaseAssignmentIntervalMillis(500L)
                .shardSyncIntervalMillis(1_000)
                .leasesRecoveryAuditorExecutionFrequencyMillis(2_000)
                .listShardsCacheAllowedAgeInSeconds(1)
                .dynamoDbLockBasedLeaderLeaseDurationInMillis(3_000)
                .dynamoDbLockBasedLeaderHeartbeatPeriodInMillis(1_000);
    }

    /**
     * Tries a failed task again after a tenth of a second.
     *
     * @param config changed
     * @return the same
     */
    public static LifecycleConfig quicken(LifecycleConfig config) {
        return config.taskBackoffTimeMillis(100);
    }

    /**
     * Sends no metrics, as there is no CloudWatch to take them.
     *
     * @param config changed
     * @return the same
     */
    public static MetricsConfig quicken(MetricsConfig config) {
        return config.metricsFactory(new NullMetricsFactory());
    }

    /**
     * Reads five times a second.
     *
     * @param config changed
     * @return the same
     */
    public static PollingConfig quicken(PollingConfig config) {
        return config.idleTimeBetweenReadsInMillis(200);
    }

    /**
     * Makes the lease table of an application that has none, with its index and one lease per shard at the stream's trim
     * horizon, as KCL 3.5.1 itself would write them. KCL then neither polls ten seconds for the index nor waits up to
     * thirty on an empty table. Does nothing if the table holds leases. Call it before the first scheduler is started,
     * with an initial position of {@code TRIM_HORIZON}; it may run in several workers at once.
     *
     * @param dynamoDb where the leases are kept
     * @param kinesis where the stream is
     * @param applicationName KCL's application name, which is also the table's
     * @param streamName the one stream that the application reads
     * @throws CompletionException as the clients throw it, for instance when there is no such stream
     */
    public static void prepareLeases(
            DynamoDbAsyncClient dynamoDb, KinesisAsyncClient kinesis, String applicationName, String streamName) {
        DynamoDBLeaseSerializer kcl = new DynamoDBLeaseSerializer();
        List<Shard> shards = shardsAtTrimHorizon(kinesis, streamName);
        createTable(dynamoDb, applicationName, kcl);
        if (holdsLeases(dynamoDb, applicationName)) {
            return;
        }
        createRow(dynamoDb, applicationName, versionRow());
        for (Shard shard : shards) {
            createRow(dynamoDb, applicationName, kcl.toDynamoRecord(lease(shard)));
        }
    }

    /**
     * KCL's note that the application has only ever known version 3. Of two schedulers that start at once on a table
     * without it one fails for all of its 20 attempts (seen in 3.5.1): both find no row, and only one can create it.
     */
    private static Map<String, AttributeValue> versionRow() {
        MigrationState version =
                new MigrationState(QuickKcl.class.getSimpleName()).update(ClientVersion.CLIENT_VERSION_3X, "QuickKcl");
        Map<String, AttributeValue> row = new HashMap<>(version.serialize());
        row.put(DynamoDBLeaseSerializer.LEASE_KEY_KEY, AttributeValue.fromS(MigrationState.MIGRATION_HASH_KEY));
        return row;
    }

    private static List<Shard> shardsAtTrimHorizon(KinesisAsyncClient kinesis, String streamName) {
        List<Shard> shards = new ArrayList<>();
        ListShardsRequest request = ListShardsRequest.builder()
                .streamName(streamName)
                .shardFilter(f -> f.type(ShardFilterType.AT_TRIM_HORIZON))
                .build();
        ListShardsResponse page = kinesis.listShards(request).join();
        shards.addAll(page.shards());
        while (page.nextToken() != null) {
            String next = page.nextToken();
            page = kinesis.listShards(r -> r.nextToken(next)).join();
            shards.addAll(page.shards());
        }
        return shards;
    }

    private static void createTable(DynamoDbAsyncClient dynamoDb, String table, DynamoDBLeaseSerializer kcl) {
        Set<AttributeDefinition> attributes = new HashSet<>(kcl.getAttributeDefinitions());
        attributes.addAll(kcl.getWorkerIdToLeaseKeyIndexAttributeDefinitions());
        GlobalSecondaryIndex index = GlobalSecondaryIndex.builder()
                .indexName(LEASE_INDEX)
                .keySchema(kcl.getWorkerIdToLeaseKeyIndexKeySchema())
                .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))
                .build();
        CreateTableRequest request = CreateTableRequest.builder()
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(kcl.getKeySchema())
                .attributeDefinitions(attributes)
                .globalSecondaryIndexes(index)
                .build();
        ignoring(ResourceInUseException.class, () -> dynamoDb.createTable(request)
                .join());
    }

    private static boolean holdsLeases(DynamoDbAsyncClient dynamoDb, String table) {
        AttributeValue lease = AttributeValue.fromS(EntityType.LEASE.getDdbValue());
        return dynamoDb.scan(r -> r.tableName(table)
                                .filterExpression("entityType = :lease")
                                .expressionAttributeValues(Map.of(":lease", lease)))
                        .join()
                        .count()
                > 0;
    }

    private static Lease lease(Shard shard) {
        List<String> parents = new ArrayList<>();
        if (shard.parentShardId() != null) {
            parents.add(shard.parentShardId());
        }
        if (shard.adjacentParentShardId() != null) {
            parents.add(shard.adjacentParentShardId());
        }
        Lease lease = new Lease();
        lease.leaseKey(shard.shardId());
        lease.parentShardIds(parents);
        lease.ownerSwitchesSinceCheckpoint(0L);
        lease.hashKeyRange(HashKeyRangeForLease.fromHashKeyRange(shard.hashKeyRange()));
        lease.checkpoint(ExtendedSequenceNumber.TRIM_HORIZON);
        return lease;
    }

    private static void createRow(DynamoDbAsyncClient dynamoDb, String table, Map<String, AttributeValue> row) {
        ignoring(ConditionalCheckFailedException.class, () -> dynamoDb.putItem(
                        r -> r.tableName(table).item(row).conditionExpression("attribute_not_exists(leaseKey)"))
                .join());
    }

    private static void ignoring(Class<? extends Exception> somebodyWasFirst, Runnable write) {
        try {
            write.run();
        } catch (CompletionException e) {
            if (!somebodyWasFirst.isInstance(e.getCause())) {
                throw e;
            }
        }
    }
}
