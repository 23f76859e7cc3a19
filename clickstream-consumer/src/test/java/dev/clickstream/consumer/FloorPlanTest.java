package dev.clickstream.consumer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/** Data flows one way; KCL stays behind its adapter; one class looks at the clock. */
@AnalyzeClasses(packages = "dev.clickstream.consumer", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorPlanTest {
    @ArchTest
    static final ArchRule kcl_isKnownByItsAdapterOnly = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(Kcl\\w*|GuardedAggregator)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.kinesis..");

    @ArchTest
    static final ArchRule pipeline_knowsNothingAboveIt = noClasses()
            .that()
            .haveNameMatching(".*\\.(ShardPipeline|OpenBatch|BatchCutter|BatchState|Delivery|Transformation)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.(Kcl\\w*|ClickstreamWorker|WorkerStatus|PipelineTimer)(\\$.*)?");

    @ArchTest
    static final ArchRule values_knowNothingButValues = noClasses()
            .that()
            .haveNameMatching(
                    "dev\\.clickstream\\.consumer\\.(Batch|BatchId|Row|FailedRecord|StreamRecord|Outcome|Position)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.(ShardPipeline|Delivery|Sink|Transform|OpenBatch|Kcl\\w*)(\\$.*)?");

    @ArchTest
    static final ArchRule consumer_doesNotKnowS3 = noClasses()
            .that()
            .resideInAPackage("dev.clickstream.consumer")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.clickstream.consumer.s3", "software.amazon.awssdk.services.s3..");

    @ArchTest
    static final ArchRule s3_knowsThePublicFaceOnly = noClasses()
            .that()
            .resideInAPackage("dev.clickstream.consumer.s3")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "dev\\.clickstream\\.consumer\\.(ShardPipeline|Delivery|Kcl\\w*|ClickstreamWorker|Worker\\w*)(\\$.*)?");

    /** A second opinion that shared delivery's code would share its mistakes. */
    @ArchTest
    static final ArchRule audit_knowsTheStreamAndPrefixesOnly = noClasses()
            .that()
            .resideInAPackage("dev.clickstream.consumer.audit")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "dev\\.clickstream\\.consumer\\.(?!audit|StreamScan|StreamRecord|s3\\.PrefixExpression).*")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.kinesis..");

    @ArchTest
    static final ArchRule delivery_doesNotKnowItsAudit = noClasses()
            .that()
            .resideOutsideOfPackage("dev.clickstream.consumer.audit")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.clickstream.consumer.audit");

    /** What is read may be of another service, and what is sent of another reader. */
    @ArchTest
    static final ArchRule redriveAndItsReader_knowNoWorker = noClasses()
            .that()
            .haveNameMatching(".*\\.(Redrive|ErrorReader|ErrorLine|ErrorLineParser)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.(ShardPipeline|Delivery|Kcl\\w*|ClickstreamWorker|S3Sink|ObjectStore)(\\$.*)?");

    @ArchTest
    static final ArchRule clock_isLookedAtByOneClass = noClasses()
            .that()
            .haveNameNotMatching(".*\\.TimeSource(\\$.*)?")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone");

    @ArchTest
    static final ArchRule wallClock_isNeverInADecision = noClasses()
            .that()
            .haveNameMatching(
                    ".*\\.(ShardPipeline|OpenBatch|BatchCutter|BatchState|Delivery|Manifests?|RowsBuffer|WriteWindow|Transformation|CloudFrontClicks|s3\\..*)(\\$.*)?")
            .should()
            .callMethod(TimeSource.class, "now");
}
