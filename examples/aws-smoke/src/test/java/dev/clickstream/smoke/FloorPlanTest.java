package dev.clickstream.smoke;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/** A program wires a run; a run takes steps; steps use the account. */
@AnalyzeClasses(packages = "dev.clickstream.smoke", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorPlanTest {

    /** From top to bottom; a class uses only its own floor and those below. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("Main"),
            List.of("SmokeRun"),
            List.of("Options", "CostEstimate", "Traffic", "Delivery", "Verdict", "Teardown"),
            List.of("Lake", "Bucket", "Leftover", "Account"),
            List.of("Aws", "Names", "SmokeFailedException"));

    @ArchTest
    static final ArchRule calls_goOneWay = classes().should(new ArchCondition<>("use only floors below") {
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
        String outermost = type.getBaseComponentType()
                .getName()
                .substring(type.getPackageName().length() + 1)
                .split("\\$", -1)[0];
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            if (FLOORS.get(floor).contains(outermost)) {
                return floor;
            }
        }
        return -1;
    }
}
