package dev.clickstream.storefront.dashboard;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

/** A server shows what a watched lake says; a lake is a folder, loaded into DuckDB and asked there. */
@AnalyzeClasses(packages = "dev.clickstream.storefront.dashboard", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorPlanTest {

    @ArchTest
    static final ArchRule looks_goOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.clickstream.storefront.dashboard")
            .layer("server")
            .definedBy(belongToAnyOf(DashboardServer.class))
            .layer("page")
            .definedBy(belongToAnyOf(PageFiles.class, SameOrigin.class, DashboardState.class))
            .layer("watch")
            .definedBy(belongToAnyOf(WatchedLake.class))
            .layer("lake")
            .definedBy(belongToAnyOf(
                    Lake.class, LakeReader.class, ClickQueries.class, ProductQueries.class, ShopCatalog.class))
            .layer("values")
            .definedBy(belongToAnyOf(LakeFolder.class, LakeNumbers.class, CountCheck.class, Sql.class, Pipeline.class))
            .whereLayer("server")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("page")
            .mayOnlyBeAccessedByLayers("server")
            .whereLayer("watch")
            .mayOnlyBeAccessedByLayers("server", "page")
            .whereLayer("lake")
            .mayOnlyBeAccessedByLayers("watch")
            .ensureAllClassesAreContainedInArchitectureIgnoring(DescribedPredicate.describe(
                    "package-info", type -> type.getSimpleName().equals("package-info")));

    @ArchTest
    static final ArchRule duckDb_isSpokenToInOnePlace = noClasses()
            .that(DescribedPredicate.not(belongToAnyOf(Sql.class, Lake.class)))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Connection.class);

    /** Nothing of a click is known but by SQL over the objects. */
    @ArchTest
    static final ArchRule clicks_comeFromTheLakeOnly = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.clickstream.event..", "dev.clickstream.cloudfront..", "software.amazon..");

    @ArchTest
    static final ArchRule time_isHandedIn = noClasses()
            .that()
            .doNotHaveSimpleName("DashboardServer")
            .should()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);
}
