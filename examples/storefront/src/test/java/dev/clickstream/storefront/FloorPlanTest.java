package dev.clickstream.storefront;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
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
import java.util.Map;

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

    private static final String HERE = "dev.clickstream.storefront";

    /** By package, from top to bottom; a class uses only its own floor and those below. */
    private static final Map<String, List<List<String>>> FLOORS = Map.of(
            HERE,
            List.of(
                    List.of("Main", "KillRuns"),
                    List.of("KillRunSummary", "PlannedRun"),
                    List.of("Replay", "KillRun", "KillRunWorkers", "DisturbedWorkers", "WorkerProcess", "Serve"),
                    List.of("Options", "ServeOptions", "ServedPipeline", "ServeSwitches"),
                    List.of("Switchboard", "FreezableWorkers", "WatchedProducer"),
                    List.of(
                            "Report",
                            "Dashboard",
                            "Player",
                            "Workers",
                            "Resharding",
                            "KillRunFaults",
                            "KillRunFindings",
                            "Disruption",
                            "FlowingLines",
                            "LeaseTable",
                            "DeliveredRows",
                            "SecondOpinion",
                            "StreamContents"),
                    List.of("GeneratedShop", "RecordFile", "FieldList", "StreamClicks"),
                    List.of("Session"),
                    List.of("ShopRequest"),
                    List.of("Visitor", "Product"),
                    List.of(
                            "LogLine",
                            "ExpectedClick",
                            "Tally",
                            "EventCounts",
                            "ObjectFolder",
                            "TcpRelay",
                            "WallClock")),
            HERE + ".edge",
            List.of(
                    List.of("Edge"),
                    List.of("RealTimeLog"),
                    List.of("LogDelivery", "LoggedRequest", "Origin"),
                    List.of("ViewerRequest", "CloudFrontText")),
            HERE + ".shop",
            List.of(
                    List.of("Shop"),
                    List.of("Layout", "SiteFiles"),
                    List.of("Visit"),
                    List.of("Parameters", "Cookies", "ProductPages", "BasketPages", "AccountPages"),
                    List.of("ShopEvents", "Sessions", "Orders"),
                    List.of("Accounts", "Basket", "Catalog", "Html"),
                    List.of("Article")),
            HERE + ".visitors",
            List.of(List.of("Visitors"), List.of("Walk"), List.of("Browser")));

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
        List<List<String>> floors = FLOORS.getOrDefault(outer.getPackageName(), List.of());
        for (int i = 0; i < floors.size(); i++) {
            if (floors.get(i).contains(outer.getSimpleName())) {
                return i;
            }
        }
        return -1;
    }

    /** They are wired together in {@code Serve}, and could live in processes of their own. */
    @ArchTest
    static final ArchRule edgeShopAndVisitors_knowLittleOfEachOther = noClasses()
            .that()
            .resideInAnyPackage(HERE + ".edge", HERE + ".visitors")
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.clickstream..")
                    .and(not(resideInAnyPackage(HERE + ".edge", HERE + ".visitors"))));

    @ArchTest
    static final ArchRule shop_knowsTheProducerAndTheEdge = noClasses()
            .that()
            .resideInAPackage(HERE + ".shop")
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.clickstream..", "software.amazon..")
                    .and(not(resideInAnyPackage(
                            HERE + ".shop", HERE + ".edge", "dev.clickstream.producer", "dev.clickstream.event"))));

    @ArchTest
    static final ArchRule worker_isKnownToFewFiles = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(Workers|StreamClicks|SecondOpinion)(\\$.*)?")
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
