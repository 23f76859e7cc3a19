package dev.clickstream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** Data flows one way, from bytes to events; nothing of AWS is here; one class looks at the clock. */
@AnalyzeClasses(packages = "dev.clickstream", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorPlanTest {

    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.InstantSource.system",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.system");

    @ArchTest
    static final ArchRule core_needsJacksonOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.clickstream.event",
                    "dev.clickstream.cloudfront",
                    "dev.clickstream.capacity",
                    "java..",
                    "javax.crypto..",
                    "com.fasterxml.jackson..",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule event_knowsNoLog = noClasses()
            .that()
            .resideInAPackage("dev.clickstream.event")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.clickstream.cloudfront");

    @ArchTest
    static final ArchRule log_isReadWithoutRules = below(
            "PercentDecoder|CutText|FieldType|LogFields|RealTimeLogFormat|RealTimeLogReader",
            "Request\\w*|NamedValues|Rule\\w*|Source|PathTemplate|ClickRules|ClickMapping|ClickReader|BotList");

    @ArchTest
    static final ArchRule request_isSeenWithoutRules = below(
            "Request\\w*|NamedValues", "Rule\\w*|Source|PathTemplate|ClickRules|ClickMapping|ClickReader|BotList");

    @ArchTest
    static final ArchRule rules_makeNoEvents = below("Rule|Source|PathTemplate|BotList", "ClickMapping|ClickReader");

    @ArchTest
    static final ArchRule reader_isTheDoor = below("(?!ClickReader|StandardLogReader)\\w*", "ClickReader");

    @ArchTest
    static final ArchRule clock_isLookedAtByOneClass = noClasses()
            .that()
            .doNotHaveSimpleName("SystemTime")
            .should()
            .accessTargetWhere(DescribedPredicate.describe("asks the system's clock", FloorPlanTest::asksTheClock));

    private static boolean asksTheClock(JavaAccess<?> access) {
        return CLOCKS.contains(
                access.getTargetOwner().getName() + "." + access.getTarget().getName());
    }

    private static ArchRule below(String lower, String upper) {
        String name = "dev\\.clickstream\\.cloudfront\\.(%s)(\\$.*)?";
        return noClasses()
                .that()
                .haveNameMatching(name.formatted(lower))
                .should()
                .dependOnClassesThat()
                .haveNameMatching(name.formatted(upper));
    }
}
