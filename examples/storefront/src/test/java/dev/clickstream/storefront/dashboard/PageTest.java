package dev.clickstream.storefront.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.consumer.catalog.ClickTable;
import dev.clickstream.consumer.catalog.SqlDialect;
import dev.clickstream.event.ClickEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be known of the page without a browser. */
class PageTest {
    private static final List<String> SCRIPTS =
            List.of("page.js", "format.js", "elements.js", "charts.js", "clicks.js", "pipeline.js");

    private static String resource(String name) throws IOException {
        try (InputStream in = PageTest.class.getResourceAsStream("/web/dashboard/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> all(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toList());
    }

    private static String scripts() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String script : SCRIPTS) {
            text.append(resource(script));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index.html",
                "page.css",
                "parts.css",
                "icon.svg",
                "page.js",
                "format.js",
                "elements.js",
                "charts.js",
                "clicks.js",
                "pipeline.js"
            })
    void file_asksNoOtherMachine(String name) throws IOException {
        assertThat(resource(name).replace("http://www.w3.org/2000/svg", "")).doesNotContain("://", "url(//", "@import");
    }

    @Test
    void page_hasNothingInline() throws IOException {
        assertThat(resource("index.html"))
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|javascript:");
    }

    /** A product's name is text, whatever it holds. */
    @Test
    void scripts_makeNoMarkupOfTexts() throws IOException {
        assertThat(scripts())
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "srcdoc", "DOMParser")
                .doesNotContainPattern("\\beval\\(|new Function|setAttribute\\('on");
    }

    @Test
    void elements_thatScriptsLookFor_areOnThePage() throws IOException {
        TreeSet<String> wanted = new TreeSet<>(all("(?:byId|text|fill)\\('([a-z0-9-]*[a-z0-9])'", scripts()));
        TreeSet<String> there = new TreeSet<>(all(" id=\"([a-z0-9-]+)\"", resource("index.html")));

        assertThat(wanted).isNotEmpty();
        assertThat(there).containsAll(wanted);
    }

    @Test
    void ids_areThereOnce_andLabelsPointToThem() throws IOException {
        String page = resource("index.html");
        List<String> ids = all(" id=\"([^\"]+)\"", page);

        assertThat(ids).doesNotHaveDuplicates().containsAll(all("aria-labelledby=\"([^\"]+)\"", page));
    }

    @Test
    void everyFile_thatThePageNames_isServed() throws IOException {
        PageFiles files = PageFiles.load();
        List<String> named = new ArrayList<>(all("(?:src|href)=\"([^#\"]+)\"", resource("index.html")));
        all("from '\\./([^']+)'", scripts()).forEach(named::add);

        assertThat(named).hasSizeGreaterThan(8);
        for (String name : named) {
            assertThat(files.at("/" + name)).as(name).isNotNull();
        }
    }

    /** The statement on the page is one that a person can run over the same objects, and gives what the page checks. */
    @Test
    void sqlOnThePage_saysWhatTheCheckSays(@TempDir Path lake) throws Exception {
        Instant noon = Instant.parse("2026-01-31T12:00:00Z");
        ClickEvent event = ClickEvent.builder("view_item")
                .eventId("1")
                .eventTimestamp(noon)
                .userPseudoId("anna")
                .build();
        new WrittenLake(lake).rows("2026/01/31/12/a.gz", noon, event, event);
        String sql =
                all("(?s)id=\"check-sql\">([^<]+)<", resource("index.html")).get(0);

        ClickTable table = ClickTable.of("clicks", "lake", "clicks/", LocalDate.of(2026, 1, 31));
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute(table.duckDbView(lake + "/"));
            statement.execute(table.views(SqlDialect.DUCKDB).get("clicks_events"));
            try (ResultSet row = statement.executeQuery(sql)) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1) + " " + row.getLong(2)).isEqualTo("view_item 1");
                assertThat(row.next()).isFalse();
            }
        }
    }
}
