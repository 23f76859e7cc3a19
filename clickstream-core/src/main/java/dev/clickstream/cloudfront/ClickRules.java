package dev.clickstream.cloudfront;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Which requests are clicks, and what is taken from them. Immutable and thread-safe.
 *
 * <p>Rules are JSON:
 *
 * <pre>{@code
 * {"query_encoding": 1,
 *  "rules": [
 *    {"event_name": "view_item", "method": ["GET"], "status": [200, 304], "path": ["/product/{item_id}/**"]},
 *    {"drop": "noise", "path": ["/static*"], "path_suffix": [".css"]},
 *    {"event_name": "begin_checkout", "query": {"action": "buy"},
 *     "take": {"item_id": "query:product_id", "item_name": "query:product_name"}}]}
 * }</pre>
 *
 * <p>A request goes to the first rule that holds, which drops it under a name or makes a click of it; one that no rule
 * takes is dropped as {@code not_a_click}. Within a rule every condition must hold, and of a list one entry; {@code path} and {@code
 * path_suffix} are one condition together. A path is judged without its query, as CloudFront wrote it. A template's
 * {@code {name}} is one segment, a final {@code /**} any rest, a final {@code *} any continuation. {@code query} asks
 * for a parameter's value, {@code query_present} for its presence. {@code take} says where an attribute comes from:
 * {@code path:name}, {@code query:name}, or text; variables of the path are taken by their own name. {@code
 * query_encoding} is how often parameters were encoded: 1, or 2 for a pixel's.
 *
 * <p>Attributes: {@code event_name}, {@code item_id}, {@code item_name}, {@code user_id}, {@code user_pseudo_id}, {@code
 * session_id}, {@code page_location}, {@code page_title}; any other name becomes a property.
 */
public final class ClickRules {

    /** What drops a request that no rule takes. */
    public static final String NOT_A_CLICK = "not_a_click";

    /** What drops a bot's request when bots are dropped. */
    public static final String BOT = "bot";

    private final List<Rule> rules;
    private final int queryEncoding;

    ClickRules(List<Rule> rules, int queryEncoding) {
        this.rules = List.copyOf(rules);
        this.queryEncoding = queryEncoding;
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
            root = new JsonMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": not JSON");
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
     * The recipe's own: {@code ?action=buy} is {@code begin_checkout} and {@code ?action=view} is {@code view_item},
     * with {@code product_id} and {@code product_name}, on any GET that was answered with 200 or 304. Parameters are
     * encoded twice in the log: by the viewer, and by CloudFront. What a viewer did not encode is taken as it is.
     *
     * @return the rules
     */
    public static ClickRules queryParameters() {
        return resource("query-parameters.json");
    }

    /**
     * A tracking pixel, whose parameters are encoded twice: {@code t=pv} is {@code page_view}, {@code t=tr} the event
     * that {@code en} names.
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

    List<Rule> rules() {
        return rules;
    }

    int queryEncoding() {
        return queryEncoding;
    }
}
