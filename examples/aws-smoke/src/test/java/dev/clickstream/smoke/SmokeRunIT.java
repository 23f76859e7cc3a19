package dev.clickstream.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.consumer.KclConfigs;
import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.aws.LocalAwsExtension;
import dev.clickstream.local.aws.LocalClients;
import dev.clickstream.local.aws.QuickKcl;
import dev.clickstream.local.kinesis.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.kinesis.retrieval.RetrievalSpecificConfig;

/** All the steps of a run, against local AWS. */
class SmokeRunIT {
    private static final String REGION = "us-east-1";
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @RegisterExtension
    static final LocalAwsExtension local = LocalAwsExtension.with(LocalAws.builder());

    private final List<String> told = new ArrayList<>();

    private static Aws aws() {
        return aws(new TaggedDynamoDb(local.clients().dynamoDb()));
    }

    private static Aws aws(TaggedDynamoDb dynamoDb) {
        LocalClients clients = local.clients();
        return new Aws(REGION, clients.kinesis(), dynamoDb.client(), clients.cloudWatch(), clients.s3());
    }

    private static Options options(String name) {
        return Options.of(List.of("--name", name, "--region", REGION, "--events", "500"));
    }

    private SmokeRun run(Aws aws, String name, Duration timeout) {
        return new SmokeRun(aws, options(name), kcl -> {}, timeout, told::add);
    }

    private SmokeRun quickRun(String name, Duration timeout) {
        TaggedDynamoDb dynamoDb = new TaggedDynamoDb(local.clients().dynamoDb());
        Names names = options(name).names();
        return new SmokeRun(aws(dynamoDb), options(name), kcl -> quicken(dynamoDb, names, kcl), timeout, told::add);
    }

    /** Makes the lease table as KCL would, with the tags that KCL would give it, and leaves an upload that never ends. */
    private static void quicken(TaggedDynamoDb dynamoDb, Names names, KclConfigs kcl) {
        LocalClients clients = local.clients();
        QuickKcl.prepareLeases(clients.dynamoDb(), clients.kinesis(), names.application(), names.stream());
        dynamoDb.tag(names.application(), List.copyOf(kcl.leaseManagement().tags()));
        clients.s3().createMultipartUpload(r -> r.bucket(names.bucket()).key(Lake.CLICKS + "unfinished"));
        RetrievalSpecificConfig fanOut = kcl.retrieval().retrievalSpecificConfig();
        QuickKcl.quicken(kcl.coordinator());
        QuickKcl.quicken(kcl.leaseManagement());
        QuickKcl.quicken(kcl.lifecycle());
        QuickKcl.quicken(kcl.metrics());
        kcl.retrieval().retrievalSpecificConfig(fanOut);
    }

    private static List<String> streams() {
        return local.clients().kinesis().listStreams().join().streamNames();
    }

    private static List<String> tables() {
        return local.clients().dynamoDb().listTables().join().tableNames();
    }

    private static List<String> buckets() {
        return local.clients().s3().listBuckets().buckets().stream()
                .map(Bucket::name)
                .toList();
    }

    @AfterEach
    void nothingIsLeft() {
        local.aws().kinesis().faults(0);
        assertThat(streams()).isEmpty();
        assertThat(tables()).isEmpty();
        assertThat(buckets()).isEmpty();
    }

    @Test
    void run_deliversEachEventOnce_andLeavesNothing() {
        boolean good = quickRun("good", LONG_ENOUGH).run();

        assertThat(good).as(String.join("\n", told)).isTrue();
        assertThat(told.get(0)).startsWith("This may cost about 0.");
        assertThat(told).contains("500 events sent, each delivered once, each visitor's in order.");
        assertThat(told).last().isEqualTo("Nothing is left");
    }

    @Test
    void run_whenTheWorkerGetsNothing_fails_andLeavesNothing() {
        local.aws().kinesis().faults(1, Fault.internalFailure().on("SubscribeToShard"));

        boolean good = quickRun("broken", Duration.ofSeconds(2)).run();

        assertThat(good).isFalse();
        assertThat(told).anyMatch(line -> line.startsWith("FAILED: SmokeFailedException: not delivered within 2 s"));
        assertThat(told).last().isEqualTo("Nothing is left");
    }

    @Test
    void run_whenTheBucketIsThere_createsNothing_andTouchesNothing() {
        local.clients().s3().createBucket(r -> r.bucket("clickstream-smoke-taken"));

        boolean good = run(aws(), "taken", LONG_ENOUGH).run();

        assertThat(good).isFalse();
        assertThat(told)
                .last()
                .asString()
                .contains("bucket clickstream-smoke-taken")
                .contains("Nothing was created");
        assertThat(streams()).isEmpty();
        assertThat(buckets()).containsExactly("clickstream-smoke-taken");
        local.clients().s3().deleteBucket(r -> r.bucket("clickstream-smoke-taken"));
    }

    @Test
    void tearDown_removesWhatARunHasLeft_andNothingElse() {
        Names names = options("left").names();
        new Account(aws(), names).createStream(1, "an earlier run");
        local.clients().s3().createBucket(r -> r.bucket(names.bucket()));
        local.clients().s3().putObject(r -> r.bucket(names.bucket()).key("somebody's"), RequestBody.fromString("own"));

        boolean good = run(aws(), "left", LONG_ENOUGH).tearDown();

        assertThat(good).isFalse();
        assertThat(streams()).isEmpty();
        assertThat(told).last().isEqualTo("NOT TOUCHED: bucket clickstream-smoke-left (it was not made by this run).");
        assertThat(local.clients()
                        .s3()
                        .listObjectsV2(r -> r.bucket(names.bucket()))
                        .contents())
                .hasSize(1);
        local.clients().s3().deleteObject(r -> r.bucket(names.bucket()).key("somebody's"));
        local.clients().s3().deleteBucket(r -> r.bucket(names.bucket()));
    }

    @Test
    void tearDown_ofWhoIsInterrupted_removesAllTheSame() {
        Names names = options("hurry").names();
        Account account = new Account(aws(), names);
        account.createStream(1, "an earlier run");
        account.createBucket("an earlier run");

        Thread.currentThread().interrupt();
        boolean good = run(aws(), "hurry", LONG_ENOUGH).tearDown();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(good).isTrue();
        assertThat(streams()).isEmpty();
        assertThat(buckets()).isEmpty();
    }

    @Test
    void tearDown_whenS3DoesNotAnswer_removesTheRest() {
        new Account(aws(), options("alone").names()).createStream(1, "an earlier run");
        LocalClients clients = local.clients();
        try (LocalClients nowhere = LocalClients.of(
                local.aws().kinesisEndpoint(), local.aws().dynamoDbEndpoint(), URI.create("http://127.0.0.1:1"))) {
            Aws withoutS3 = new Aws(REGION, clients.kinesis(), clients.dynamoDb(), clients.cloudWatch(), nowhere.s3());

            boolean good = run(withoutS3, "alone", LONG_ENOUGH).tearDown();

            assertThat(good).isFalse();
            assertThat(told).last().asString().startsWith("LEFT BEHIND: bucket clickstream-smoke-alone");
            assertThat(streams()).isEmpty();
        }
    }
}
