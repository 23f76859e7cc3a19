package dev.clickstream.local.aws;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** Each stand-in is known by one class, and nothing here looks at a clock. */
@AnalyzeClasses(packages = "dev.clickstream.local.aws", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorPlanTest {
    @ArchTest
    static final ArchRule dynamoDbLocal_isKnownByOneClass = noClasses()
            .that()
            .doNotHaveSimpleName("LocalDynamoDb")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.amazonaws..", "org.eclipse.jetty..");

    @ArchTest
    static final ArchRule s3proxy_isKnownByOneClass = noClasses()
            .that()
            .doNotHaveSimpleName("LocalS3")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.gaul..");

    @ArchTest
    static final ArchRule kcl_isKnownByQuickKcl = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("QuickKcl")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.kinesis..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule clients_needNoServer = noClasses()
            .that()
            .haveSimpleName("LocalClients")
            .should()
            .dependOnClassesThat()
            .haveSimpleNameStartingWith("LocalAws");

    @ArchTest
    static final ArchRule nothing_knowsTheTime = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");
}
