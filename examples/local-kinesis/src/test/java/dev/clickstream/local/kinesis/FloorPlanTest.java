package dev.clickstream.local.kinesis;

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
import java.util.List;

/** A request goes one way: from the wire over an operation to the streams' state. */
@AnalyzeClasses(packages = "dev.clickstream.local.kinesis", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorPlanTest {

    /** From top to bottom; a class uses only its own floor and those below. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("Main"),
            List.of("LocalKinesis"),
            List.of("HttpServer", "ProtocolDetector", "ApiHandler", "EventPusher", "EventFrame", "Tls"),
            List.of("SelfSignedCertificate"),
            List.of("Service"),
            List.of("ControlPath", "CallRecorder", "RecordedCalls"),
            List.of("Operations"),
            List.of(
                    "StreamOperations",
                    "StreamSettings",
                    "ShardOperations",
                    "WriteOperations",
                    "ReadOperations",
                    "FirehoseOperations",
                    "ConsumerOperations",
                    "SubscribeOperation"),
            List.of("Faults", "Fault", "EntryFaults", "Call"),
            List.of("Operation", "StreamNames", "Constraints", "ShardIterator", "StartingPlace", "Subscription"),
            List.of("RecordShapes", "ShardShapes"),
            List.of("Answer", "AnswerWriter", "Fields", "Codec"),
            List.of("Account", "DeliveryStream"),
            List.of("Stream", "ShardMap"),
            List.of("Consumers", "StreamConsumer"),
            List.of("PutResult", "PutEntry", "Shard", "ShardTerms"),
            List.of("RecordLog", "RecordRun", "Segment", "WriteBucket", "ReadBucket", "TokenBucket", "SequenceNumbers"),
            List.of("HashKeyRange", "HashKey", "ThroughputLimits", "KinesisClock", "ApiException"));

    @ArchTest
    static final ArchRule requests_goOneWay = classes().should(new ArchCondition<>("use only floors below") {
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
    static final ArchRule netty_staysOnTheWire = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(HttpServer|ProtocolDetector|ApiHandler|EventPusher|EventFrame|Tls)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule jackson_staysInTheCodec = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(Codec|AnswerWriter)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule time_comesFromTheClock = noClasses()
            .that()
            .doNotHaveSimpleName("KinesisClock")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule users_nameFewTypesOnly = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should()
            .haveNameMatching(".*\\.(LocalKinesis|KinesisClock|ThroughputLimits|Fault|RecordedCalls|Main)");
}
