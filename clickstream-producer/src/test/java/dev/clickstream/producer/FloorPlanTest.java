package dev.clickstream.producer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** An event goes one way: key, bytes, queue, lane, request, result, outcome. */
@AnalyzeClasses(packages = "dev.clickstream.producer", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorPlanTest {

    /** From top to bottom; a class uses only its own floor and those below. The door and its wiring share one. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("ClickstreamProducer", "BatchingProducer", "RecordingProducer", "HttpClick"),
            List.of("KinesisTransport", "FirehoseTransport"),
            List.of("AwsAnswers"),
            List.of("EventEncoder", "PartitionKeys", "PartitionKey"),
            List.of("SendLoop"),
            List.of("Resharding"),
            List.of("Request", "ResultSorter"),
            List.of("KeyLanes", "ShardLanes", "UnorderedLanes"),
            List.of("Vitals", "WaitingLanes"),
            List.of("Lanes", "Lane", "Intake", "ShardRefresh"),
            List.of("Outcomes", "CompletionThread", "ProducerMeters"),
            List.of("FailureLog"),
            List.of("OutgoingRecord", "ProducerSettings", "MemoryBudget"),
            List.of("Pending", "FlushBarriers", "Backoff", "Pace"),
            List.of("Aggregate", "EncodedEvent", "Transport", "TimeSource"),
            List.of("ShardSource", "ShardMap"),
            List.of("Shard"),
            List.of("HashKey"),
            List.of("Overflow", "Order", "Receipt", "DeliveryReport", "ProducerHealth", "SendFailedException"));

    @ArchTest
    static final ArchRule events_goOneWay = classes().should(new ArchCondition<>("use only floors below") {
        @Override
        public void check(JavaClass origin, ConditionEvents events) {
            int floor = floor(origin);
            if (floor < 0 && !origin.getSimpleName().equals("package-info")) {
                events.add(SimpleConditionEvent.violated(origin, origin.getName() + " has no place in the floor plan"));
            }
            origin.getDirectDependenciesFromSelf().stream()
                    .filter(d -> d.getTargetClass()
                            .getBaseComponentType()
                            .getPackageName()
                            .equals(origin.getPackageName()))
                    .filter(d -> floor(d.getTargetClass()) < floor)
                    .forEach(d -> events.add(SimpleConditionEvent.violated(d, d.getDescription())));
        }
    });

    private static int floor(JavaClass type) {
        JavaClass outer = type.getBaseComponentType();
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        for (int i = 0; i < FLOORS.size(); i++) {
            if (FLOORS.get(i).contains(outer.getSimpleName())) {
                return i;
            }
        }
        return -1;
    }

    @ArchTest
    static final ArchRule sdk_staysInTheTransport = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(KinesisTransport|FirehoseTransport|AwsAnswers|ClickstreamProducer)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule micrometer_staysInTheMeters = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(ProducerMeters|ClickstreamProducer|BatchingProducer)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule time_comesFromOneSource = noClasses()
            .that()
            .haveNameNotMatching(".*\\.TimeSource(\\$.*)?")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(InstantSource.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule users_nameFewTypes = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should()
            .haveNameMatching(
                    ".*\\.(ClickstreamProducer|RecordingProducer|Overflow|Receipt|DeliveryReport|SendFailedException"
                            + "|PartitionKey|PartitionKeys|Order|ProducerHealth|HttpClick)");
}
