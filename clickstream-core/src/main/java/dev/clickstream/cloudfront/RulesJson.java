package dev.clickstream.cloudfront;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rules from their JSON, checked; messages carry the place as a JSON pointer. */
final class RulesJson {

    private static final Set<String> ROOT = Set.of("query_encoding", "rules");
    private static final Set<String> RULE =
            Set.of("drop", "event_name", "method", "status", "path", "path_suffix", "query", "query_present", "take");

    private RulesJson() {}

    static ClickRules read(JsonNode root) {
        members(root, "", ROOT);
        int encoding = root.path("query_encoding").asInt(1);
        check(encoding == 1 || encoding == 2, "/query_encoding", "must be 1 or 2");
        JsonNode array = root.path("rules");
        check(array.isArray() && !array.isEmpty(), "/rules", "an array of at least one rule is required");
        List<Rule> rules = new ArrayList<>();
        for (JsonNode node : array) {
            rules.add(rule(node, "/rules/" + rules.size()));
        }
        return new ClickRules(rules, encoding);
    }

    private static Rule rule(JsonNode node, String at) {
        members(node, at, RULE);
        JsonNode drop = node.path("drop");
        JsonNode name = node.path("event_name");
        check(isName(drop) != isName(name), at, "either event_name or drop is required, as text");
        Map<String, Rule.Source> take = new LinkedHashMap<>();
        texts(node.path("take"), at + "/take").forEach((taken, source) -> take.put(taken, Rule.Source.of(source)));
        if (isName(name)) {
            take.put("event_name", Rule.Source.of(name.asText()));
        }
        Set<Integer> statuses = new HashSet<>();
        for (String status : list(node, at, "status")) {
            check(status.matches("[0-9]{1,3}"), at + "/status", "must be numbers from 0 to 999");
            statuses.add(Integer.valueOf(status));
        }
        List<PathTemplate> paths = new ArrayList<>();
        for (String path : list(node, at, "path")) {
            paths.add(template(path, at + "/path/" + paths.size()));
        }
        return new Rule(
                isName(drop) ? drop.asText() : null,
                Set.copyOf(list(node, at, "method")),
                statuses,
                paths,
                list(node, at, "path_suffix"),
                texts(node.path("query"), at + "/query"),
                Set.copyOf(list(node, at, "query_present")),
                take);
    }

    private static PathTemplate template(String path, String at) {
        try {
            return new PathTemplate(path);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(at + ": " + e.getMessage(), e);
        }
    }

    private static boolean isName(JsonNode node) {
        return node.isTextual() && !node.asText().isEmpty();
    }

    private static void members(JsonNode node, String at, Set<String> allowed) {
        check(node.isObject(), at.isEmpty() ? "/" : at, "must be an object");
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String name = member.getKey();
            check(allowed.contains(name), at + "/" + name, "unknown, allowed are " + new TreeSet<>(allowed));
        }
    }

    private static List<String> list(JsonNode node, String at, String member) {
        JsonNode array = node.path(member);
        check(array.isMissingNode() || array.isArray(), at + "/" + member, "must be an array");
        List<String> texts = new ArrayList<>();
        array.forEach(entry -> texts.add(entry.asText()));
        return texts;
    }

    private static Map<String, String> texts(JsonNode object, String at) {
        check(object.isMissingNode() || object.isObject(), at, "must be an object of texts");
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asText()));
        return texts;
    }

    private static void check(boolean right, String at, String message) {
        if (!right) {
            throw new IllegalArgumentException(at + ": " + message);
        }
    }
}
