package dev.clickstream.delivery;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A file becomes settings, settings become clients, sinks and a worker; commands wire them, the program picks one. */
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
    static final ArchRule commands_areBelowTheProgramOnly = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Command")
            .and()
            .haveNameNotMatching(".*\\.(Main|\\w+Command\\$.*)")
            .should()
            .dependOnClassesThat()
            .haveSimpleNameEndingWith("Command");

    @ArchTest
    static final ArchRule settings_makeNoClients = noClasses()
            .that()
            .haveNameMatching(".*\\.(Settings|Output|Refusals|Transforms|PrivateEvents)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .haveSimpleNameEndingWith("Client");
}
