package dev.clickstream.local.kinesis.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** CONFORMANCE.md says what the suite knows. With the system property {@code conformance.write} it is brought to that. */
class ConformanceDocumentTest {

    private static final Path DOCUMENT = Path.of("CONFORMANCE.md");
    private static final String BEGIN = "<!-- written by ConformanceDocumentTest -->\n";
    private static final String END = "<!-- end -->\n";

    @Test
    void tables_areThoseOfTheSuite() throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        String tables = Arrays.stream(Subject.values())
                .map(ConformanceDocumentTest::section)
                .collect(Collectors.joining());
        if (System.getProperty("conformance.write") != null) {
            Files.writeString(DOCUMENT, document.substring(0, begin) + tables + document.substring(end));
            return;
        }
        assertThat(document.substring(begin, end))
                .as("the tables of CONFORMANCE.md; -Dconformance.write writes them")
                .isEqualTo(tables);
    }

    private static String section(Subject subject) {
        return "\n### " + subject
                + "\n\n| it answers | who is right, and why | known from | cases |\n|---|---|---|---|\n"
                + Differences.KNOWN.stream()
                        .filter(difference -> difference.subject() == subject)
                        .map(ConformanceDocumentTest::row)
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String row(Difference difference) {
        return "| " + difference.answers() + " | " + difference.verdict() + " | " + difference.source() + " | "
                + difference.cases().stream().map(name -> "`" + name + "`").collect(Collectors.joining("<br>"))
                + " |\n";
    }

    @Test
    void listedCases_areThere_andListedOnce() throws ReflectiveOperationException {
        for (Subject subject : Subject.values()) {
            List<String> cases = Differences.KNOWN.stream()
                    .filter(difference -> difference.subject() == subject)
                    .flatMap(difference -> difference.cases().stream())
                    .toList();
            assertThat(cases).doesNotHaveDuplicates().allSatisfy(ConformanceDocumentTest::assertThatItIsThere);
        }
    }

    private static void assertThatItIsThere(String testCase) throws ClassNotFoundException {
        String[] name = testCase.split("\\.", 2);
        Class<?> cases = Class.forName(ConformanceDocumentTest.class.getPackageName() + "." + name[0]);
        assertThat(cases.getDeclaredMethods())
                .extracting(java.lang.reflect.Method::getName)
                .contains(name[1]);
    }
}
