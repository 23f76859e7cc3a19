package dev.clickstream.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClickRulesTest {

    /** Apostrophes stand for quotation marks. */
    private static ClickRules parse(String rules) {
        return ClickRules.parse(rules.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | /: rules are one JSON object",
                "{'rulez':[]} | /rulez: is not known; allowed are [query_encoding, rules]",
                "{} | /rules: must be an array of at least one rule",
                "{'rules':[]} | /rules: must be an array of at least one rule",
                "{'query_encoding':3,'rules':[{'drop':'x'}]} | /query_encoding: must be 1 or 2",
                "{'query_encoding':'1','rules':[{'drop':'x'}]} | /query_encoding: must be 1 or 2",
            })
    void parse_whenTheFileIsWrong_saysWhereAndWhatIsAllowed(String json, String message) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'x' | : must be an object",
                "{'path':'/a'} | : must have either event_name or drop",
                "{'drop':'x','event_name':'y'} | : must have either event_name or drop",
                "{'drop':'x','take':{}} | /take: is not known; allowed are [drop, host, method, path, path_suffix, query, query_present, status]",
                "{'event_name':'x','pathh':'/'} | /pathh: is not known; allowed are [event_name, host, method, path, path_suffix, query, query_present, status, take]",
                "{'drop':'No!'} | /drop: must be 1 to 64 of a-z, 0-9 and _",
                "{'drop':''} | /drop: must not be empty",
                "{'event_name':''} | /event_name: must not be empty",
                "{'event_name':true} | /event_name: must be a text",
                "{'event_name':'qeury:en'} | /event_name: not a source: \"qeury:en\"; allowed are path:name, query:name, cookie:name, header:name, field:name, request:url, text:anything, or a text without a colon",
                "{'drop':'x','method':'get'} | /method: an HTTP method is in upper case, such as GET",
                "{'drop':'x','method':[]} | /method: must not be empty: leave it out to allow anything",
                "{'drop':'x','status':[200,'ok']} | /status/1: must be a number from 0 to 999",
                "{'drop':'x','status':1000} | /status: must be a number from 0 to 999",
                "{'drop':'x','status':2.5} | /status: must be a text",
                "{'drop':'x','path':['/ok','/a/{b}c']} | /path/1: a variable is a whole segment, such as /{item_id}/",
                "{'drop':'x','path_suffix':'/x.css'} | /path_suffix: a suffix has no / and no *, such as .css",
                "{'drop':'x','query':{}} | /query: must be an object, not empty",
                "{'drop':'x','query':{'a':[]}} | /query/a: must not be empty: leave it out to allow anything",
                "{'event_name':'x','take':[]} | /take: must be an object of texts",
                "{'event_name':'x','take':{'user_id':'query:'}} | /take/user_id: not a source: \"query:\"; allowed are path:name, query:name, cookie:name, header:name, field:name, request:url, text:anything, or a text without a colon",
                "{'event_name':'x','take':{'request_id':'query:r'}} | /take/request_id: request_id is set by the reader and cannot be taken",
                "{'event_name':'x','take':{'event_name':'y'}} | /take/event_name: event_name is given beside take",
                "{'event_name':'x','path':'/{event_id}'} | /path: event_id is set by the reader and cannot be taken",
                "{'event_name':'x','path':'/{a}','take':{'b':'path:c'}} | : b is taken from path:c, which no path of this rule names",
            })
    void parse_whenARuleIsWrong_saysWhereAndWhatIsAllowed(String rule, String message) {
        assertThatThrownBy(() -> parse("{'rules':[{'drop':'a','path':'/a'}," + rule + "]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("/rules/1" + message);
    }

    @Test
    void parse_whenARuleIsNeverReached_says() {
        assertThatThrownBy(() -> parse("{'rules':[{'event_name':'page_view'},{'drop':'noise','path':'/a'}]}"))
                .hasMessage("/rules/1: is never reached: the rule before it has no condition and takes every request");
    }

    @Test
    void parse_whenItIsNotJson_saysWhere() {
        assertThatThrownBy(() -> ClickRules.parse("{\"rules\":\n[}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not JSON at line 2, column 2: ");
        assertThatThrownBy(() -> parse("{'rules':[{'drop':'a','drop':'b'}]}"))
                .hasMessageContaining("Duplicate field 'drop'");
        assertThatThrownBy(() -> parse("{'rules':[{'drop':'a'}]} x")).hasMessageStartingWith("not JSON at line 1");
        assertThatThrownBy(() -> ClickRules.parse("")).hasMessage("/: rules are one JSON object");
    }

    @Test
    void load_namesTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("rules.json"), "{}");
        assertThatThrownBy(() -> ClickRules.load(file))
                .hasMessage(file + ": /rules: must be an array of at least one rule");
        Files.writeString(file, "{\"rules\":[{\"drop\":\"all\"}]}");
        assertThat(ClickRules.load(file).rules()).hasSize(1);
    }

    @Test
    void json_isWhatWasGivenInOneLine() {
        ClickRules rules = parse("{ 'rules': [\n {'drop': 'all'} ] }");
        assertThat(rules.json()).isEqualTo("{\"rules\":[{\"drop\":\"all\"}]}");
        assertThat(rules).hasToString("ClickRules" + rules.json());
    }

    @Test
    void readyMades_areRight() {
        assertThatCode(() -> {
                    ClickRules.paths();
                    ClickRules.pixel();
                    ClickRules.queryParameters();
                })
                .doesNotThrowAnyException();
    }
}
