package dev.clickstream.storefront;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** A program wires a run; a run makes lines, plays them, has them read, and asks what came out. */
@AnalyzeClasses(
        packages = "dev.clickstream.storefront",
        importOptions = {ImportOption.DoNotIncludeTests.class, FloorPlanTest.NotTheDashboard.class})
class FloorPlanTest {

    /** The dashboard has a floor plan of its own. */
    static final class NotTheDashboard implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/storefront/dashboard/");
        }
    }

    /** From top to bottom; a class uses only its own floor and those below. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("Main", "KillRuns"),
            List.of("Replay", "KillRun", "WorkerProcess"),
            List.of("Options"),
            List.of(
                    "Report",
                    "Dashboard",
                    "Player",
                    "Workers",
                    "Resharding",
                    "KillRunFaults",
                    "Disruption",
                    "StreamContents"),
            List.of("GeneratedShop", "RecordFile", "FieldList"),
            List.of("Session"),
            List.of("ShopRequest"),
            List.of("Visitor", "Product", "CloudFrontText"),
            List.of("LogLine", "ExpectedClick", "Tally", "ObjectFolder", "WallClock"));

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
    static final ArchRule worker_isWiredInOneFile = noClasses()
            .that()
            .haveNameNotMatching(".*\\.Workers(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.clickstream.consumer..", "software.amazon.kinesis..");

    /** What must come out is not known from the library that is to bring it out. */
    @ArchTest
    static final ArchRule generatedShop_doesNotReadItsLinesAgain = noClasses()
            .that()
            .haveNameMatching(".*\\.(GeneratedShop|Session|ShopRequest|Visitor|Product|CloudFrontText)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.clickstream.cloudfront..", "dev.clickstream.event..");

    @ArchTest
    static final ArchRule time_comesFromTheWallClock = noClasses()
            .that()
            .doNotHaveSimpleName("WallClock")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);
}
