package dev.clickstream.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJsonReaderTest {

    /** Apostrophes stand for quotation marks. */
    private static ClickEvent read(String json) {
        return ClickEvent.fromJson(json.replace('\'', '"').getBytes(UTF_8));
    }

    private static ClickEvent with(String members) {
        return read("{'event_name':'x','event_timestamp':'2026-01-01T00:00:00Z','user_id':'u'," + members + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'user_id':'secret' | not JSON at byte 19: an event is one JSON object in UTF-8",
                "{} {} | not JSON at byte 3: an event is one JSON object in UTF-8",
                "[] | an event is one JSON object",
                "null | an event is one JSON object",
                "`` | not JSON: an event is one JSON object in UTF-8",
                "{'event_name':'x','user_id':'u'} | /event_timestamp: must be an instant from 1970 to 9999, such as 2026-01-31T23:59:59.999Z",
                "{'event_timestamp':'soon'} | /event_timestamp: must be an instant from 1970 to 9999, such as 2026-01-31T23:59:59.999Z",
                "{'event_timestamp':'1969-12-31T23:59:59Z'} | /event_timestamp: must be an instant from 1970 to 9999, such as 2026-01-31T23:59:59.999Z",
                "{'event_timestamp':'2026-01-01T00:00:00Z'} | an event needs an event_name",
                "{'event_timestamp':'2026-01-01T00:00:00Z','event_name':'x'} | an event needs an identity: user_id or user_pseudo_id",
            })
    void read_whenItIsNoEvent_saysWhyAndShowsNothingOfIt(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message)
                .hasNoCause();
    }

    @Test
    void read_whenBytesAreNotUtf8_saysSo() {
        byte[] json = "{\"user_id\":\"\u00e4\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> ClickEvent.fromJson(json)).hasMessageStartingWith("not JSON");
    }

    @Test
    void read_whenTypesAreWrong_notesThem() {
        ClickEvent event = with("'session_id':{},'page_title':7,'request_status':'200','producer_epoch':1.5,"
                + "'producer_sequence':99999999999999999999,'schema_version':0,"
                + "'items':[{'item_name':'n'},{'item_id':5,'price':'12,50','quantity':3000000000},"
                + "{'item_id':'c','price':9.90}],'properties':{'a':1,'b':null,'c':[1]},'geo_country':null");
        assertThat(event.pageTitle()).isEqualTo("7");
        assertThat(event.items()).extracting(Item::id).containsExactly("5", "c");
        assertThat(event.items().get(1).price()).hasToString("9.90");
        assertThat(event.properties())
                .containsEntry("a", "1")
                .containsEntry("c", "[1]")
                .doesNotContainKey("b");
        assertThat(event.schemaVersion()).isEqualTo(1);
        assertThat(event.errors())
                .containsExactly(
                        "session_id: not a text",
                        "request_status: not a whole number",
                        "producer_epoch: not a whole number",
                        "producer_sequence: not a whole number",
                        "schema_version: must be 1 or more",
                        "items/0/item_id: missing, the item is left out",
                        "items/1/price: not a decimal number",
                        "items/1/quantity: too large");
        assertThat(ClickEvent.fromJson(event.toJson())).isEqualTo(event);
    }

    @Test
    void read_whenContainersAreWrong_notesThem() {
        ClickEvent event = with("'items':{'item_id':'x'},'properties':[1]");
        assertThat(event.items()).isEmpty();
        assertThat(event.errors()).containsExactly("items: not an array", "properties: not an object");
    }
}
