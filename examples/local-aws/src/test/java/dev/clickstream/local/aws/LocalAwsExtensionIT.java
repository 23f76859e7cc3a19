package dev.clickstream.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;

/** A test of a KCL application as a user writes it. */
class LocalAwsExtensionIT {

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.withStream("clicks", 2);

    @Test
    void kclApplication_readsWhatWasPut() {
        QuickKcl.prepareLeases(aws.clients().dynamoDb(), aws.clients().kinesis(), "my-app", "clicks");
        try (PlainWorker worker = new PlainWorker(aws.clients(), "my-app", "clicks", "w").start()) {
            aws.clients()
                    .kinesis()
                    .putRecord(r -> r.streamName("clicks").partitionKey("k").data(SdkBytes.fromUtf8String("click")))
                    .join();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> worker.read().size() == 1);
        }
        assertThat(aws.aws().kinesis().calls())
                .extracting(call -> call.action())
                .contains("kinesis:ListShards", "kinesis:GetShardIterator", "kinesis:GetRecords");
    }

    @Test
    void kclApplication_byFanOut_seesEachRecordOnce_throughResharding() {
        TestStream stream = new TestStream(aws.clients().kinesis(), "pushed", 2);
        QuickKcl.prepareLeases(aws.clients().dynamoDb(), aws.clients().kinesis(), "fan-out-app", "pushed");
        stream.put(200);
        try (PlainWorker worker =
                PlainWorker.fanningOut(aws.clients(), "fan-out-app", "pushed").start()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> worker.read().size() >= 200);
            stream.splitAll();
            stream.put(200);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> worker.read().size() >= 400);
            assertThat(worker.read()).doesNotHaveDuplicates().hasSize(400);
        }
    }

    @Nested
    class OfEachTest {

        @RegisterExtension
        final LocalAwsExtension own = LocalAwsExtension.withStream("mine", 1);

        @Test
        void eachTest_hasOneOfItsOwn() {
            assertThat(own.aws()).isNotSameAs(aws.aws());
            assertThat(own.clients().kinesis().listStreams().join().streamNames())
                    .containsExactly("mine");
        }
    }

    @Test
    void aws_outsideOfATest_saysWhatToDo() {
        assertThatThrownBy(() -> LocalAwsExtension.withStream("s", 1).aws())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "local AWS does not run: annotate the field with @RegisterExtension, and ask within a test");
    }
}
