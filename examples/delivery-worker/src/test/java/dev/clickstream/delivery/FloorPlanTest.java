package dev.clickstream.delivery;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A file becomes settings, settings become clients and a worker; the program wires them. */
@AnalyzeClasses(packages = "dev.clickstream.delivery", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorPlanTest {
    @ArchTest
    static final ArchRule configurationFile_knowsNothingOfWhatIsConfigured = noClasses()
            .that()
            .haveSimpleName("ConfigurationFile")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.clickstream.consumer..", "dev.clickstream.cloudfront..", "software.amazon..");

    @ArchTest
    static final ArchRule program_isOnTop = noClasses()
            .that()
            .doNotHaveSimpleName("Main")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("Main");

    @ArchTest
    static final ArchRule settings_makeNoClients = noClasses()
            .that()
            .haveSimpleName("Settings")
            .should()
            .dependOnClassesThat()
            .haveSimpleNameEndingWith("Client");
}
