package dev.clickstream.cloudfront;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clickstream.cloudfront.RealTimeLogReader.Layers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which requests are clicks, and what is taken from them. Immutable and thread-safe.
 *
 * <p>Rules are JSON:
 *
 * <pre>{@code
 * {"rules": [
 *    {"event_name": "view_item", "method": "GET", "status": [200, 304], "path": "/product/{item_id}/**"},
 *    {"drop": "noise", "path": ["/static*", "/image*"], "path_suffix": [".css", ".js"]},
 *    {"event_name": "begin_checkout", "query": {"action": "buy"},
 *     "take": {"item_id": "query:product_id", "item_name": "query:product_name"}}]}
 * }</pre>
 *
 * <p>A request goes to the first rule that holds, which drops it under a name or makes a click of it; one that no rule
 * takes is dropped as {@code not_a_click}. A rule whose event name is taken from the request, and is not there, does not
 * hold.
 *
 * <p><b>Conditions.</b> Within a rule all must hold, and of a list one entry; {@code path} and {@code path_suffix} are one
 * condition together. All compare with case.
 *
 * <ul>
 *   <li>{@code host}: the viewer's, without its port; the only one without case
 *   <li>{@code method}, {@code status}
 *   <li>{@code path}: templates, judged without the query. <code>{name}</code> is one segment that is not empty, a final
 *       {@code /**} any rest or none, a final {@code *} any continuation: {@code /search*} is what begins with {@code
 *       /search}, {@code /site/*} what begins with {@code /site/}
 *   <li>{@code path_suffix}: how the last segment ends
 *   <li>{@code query}: parameters by name with the values allowed; {@code query_present}: parameters that are there
 * </ul>
 *
 * <p><b>Taken.</b> {@code take} says where attributes come from: {@code path:name}, {@code query:name}, {@code
 * cookie:name} and {@code header:name} (as far as the log holds them: 800 bytes of each), {@code field:name} (a field of
 * the log), {@code request:url}, {@code text:anything}, or a text without a colon. {@code
 * event_name} is such a source too. Variables of the path are taken by their own names. Attributes are those of {@link
 * dev.clickstream.event.ClickEvent}, as {@code user_id}, {@code user_pseudo_id}, {@code session_id}, {@code
 * page_location}, {@code page_title}; {@code item_id}, {@code item_name}, {@code item_brand}, {@code item_category},
 * {@code price}, {@code currency} and {@code quantity} of one item; any other name is a property.
 * What a rule takes, as {@code page_referrer}, does not come from the log's own field any more, also if it is not there.
 *
 * <p><b>Encoding.</b> CloudFront percent-encodes what the viewer sent, so what the viewer had encoded comes twice. Paths
 * are decoded twice; parameters too, unless {@code query_encoding} is 1: then what the viewer had encoded stays so. What
 * the viewer broke stays as it was sent, with an entry in the event's errors. A plus is a plus.
 */
public final class ClickRules {

    /** What drops a request that no rule takes. */
    public static final String NOT_A_CLICK = "not_a_click";

    /** What drops a bot's request when bots are dropped. */
    public static final String BOT = "bot";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final List<Rule> rules;
    private final Layers queryLayers;
    private final String json;

    ClickRules(List<Rule> rules, Layers queryLayers, String json) {
        this.rules = List.copyOf(rules);
        this.queryLayers = queryLayers;
        this.json = json;
    }

    /**
     * Reads rules.
     *
     * @param json the rules
     * @return the rules
     * @throws IllegalArgumentException if they are not right; the message says where, why and what is allowed
     */
    public static ClickRules parse(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not JSON at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
        }
        return RulesJson.read(root);
    }

    /**
     * Reads a file of rules.
     *
     * @param file JSON in UTF-8
     * @return the rules
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the rules are not right; the message names the file too
     */
    public static ClickRules load(Path file) throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * A site whose links say what they do: {@code ?action=buy} is {@code begin_checkout}, {@code ?action=view} (or {@code
     * view_details}, {@code view details}) is {@code view_item}, of the product {@code product_id} with the name {@code
     * product_name}, on any request by GET that was answered with 200 or 304.
     *
     * @return the rules
     */
    public static ClickRules queryParameters() {
        return resource("query-parameters.json");
    }

    /**
     * A tracking pixel, whose page encodes its parameters before CloudFront does: {@code t=pv} is {@code page_view},
     * {@code t=tr} the event that {@code en} names.
     *
     * @return the rules
     */
    public static ClickRules pixel() {
        return resource("pixel.json");
    }

    /**
     * A shop with speaking paths: {@code /product/N}, {@code /basket/add/N}, {@code /basket/checkout}, {@code
     * /order/create}, {@code /search}; any other page is {@code page_view}, pictures and scripts are {@code noise}.
     *
     * @return the rules
     */
    public static ClickRules paths() {
        return resource("paths.json");
    }

    private static ClickRules resource(String name) {
        try (var in = ClickRules.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the library's own " + name + " is missing from its jar");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("the library's own " + name + " cannot be read", e);
        }
    }

    /**
     * The rules as they were given, without white space: what tells one set of rules from another.
     *
     * @return JSON in one line
     */
    public String json() {
        return json;
    }

    @Override
    public String toString() {
        return "ClickRules" + json;
    }

    List<Rule> rules() {
        return rules;
    }

    Layers queryLayers() {
        return queryLayers;
    }

    /** The log's fields that conditions need and that name a field outright, each with the place that asks for it. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            for (String field : rules.get(i).fields()) {
                fields.putIfAbsent(field, "/rules/" + i);
            }
        }
        return fields;
    }

    /** Whether every click gets its identity from the rules. */
    boolean identify() {
        return rules.stream().allMatch(rule -> rule.drop() != null || rule.takesIdentity());
    }
}
