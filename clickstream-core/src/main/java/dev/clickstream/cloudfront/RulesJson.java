package dev.clickstream.cloudfront;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clickstream.cloudfront.RealTimeLogReader.Layers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Rules from their JSON, checked; messages carry the place as a JSON pointer, the reason, and what is allowed. */
final class RulesJson {

    private static final Set<String> ROOT = Set.of("query_encoding", "rules");
    private static final Set<String> CONDITIONS =
            Set.of("host", "method", "status", "path", "path_suffix", "query", "query_present");
    private static final Set<String> DROP = with(CONDITIONS, "drop");
    private static final Set<String> CLICK = with(CONDITIONS, "event_name", "take");

    private static final Pattern REASON = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern METHOD = Pattern.compile("[A-Z_-]+");
    private static final Pattern STATUS = Pattern.compile("[0-9]{1,3}");
    private static final int MAX_NAME = 64;

    private RulesJson() {}

    static ClickRules read(JsonNode root) {
        members(root, "", ROOT);
        JsonNode encoding = root.path("query_encoding");
        check(
                encoding.isMissingNode() || (encoding.isInt() && encoding.intValue() >= 1 && encoding.intValue() <= 2),
                "/query_encoding",
                "must be 1 or 2");
        JsonNode array = root.path("rules");
        check(array.isArray() && !array.isEmpty(), "/rules", "must be an array of at least one rule");
        List<Rule> rules = new ArrayList<>();
        for (JsonNode node : array) {
            String at = "/rules/" + rules.size();
            check(
                    rules.isEmpty() || rules.get(rules.size() - 1).hasConditions(),
                    at,
                    "is never reached: the rule before it has no condition and takes every request");
            rules.add(rule(node, at));
        }
        return new ClickRules(rules, encoding.asInt(2) == 1 ? Layers.ONE : Layers.TWO, root.toString());
    }

    private static Rule rule(JsonNode node, String at) {
        check(node.isObject(), at, "must be an object");
        check(node.has("drop") != node.has("event_name"), at, "must have either event_name or drop");
        members(node, at, node.has("drop") ? DROP : CLICK);
        List<PathTemplate> paths = each(node, at, "path", PathTemplate::new);
        return new Rule(
                node.has("drop") ? reason(node.path("drop"), at + "/drop") : null,
                set(each(node, at, "host", host -> host.toLowerCase(Locale.ROOT))),
                set(each(node, at, "method", RulesJson::method)),
                set(each(node, at, "status", RulesJson::status)),
                paths,
                each(node, at, "path_suffix", RulesJson::suffix),
                query(node.path("query"), at + "/query"),
                set(each(node, at, "query_present", name -> name)),
                node.has("drop") ? Map.of() : take(node, at, paths));
    }

    private static String reason(JsonNode node, String at) {
        String reason = text(node, at);
        check(REASON.matcher(reason).matches(), at, "must be 1 to 64 of a-z, 0-9 and _");
        return reason;
    }

    private static String method(String method) {
        require(METHOD.matcher(method).matches(), "an HTTP method is in upper case, such as GET");
        return method;
    }

    private static Integer status(String status) {
        require(STATUS.matcher(status).matches(), "must be a number from 0 to 999");
        return Integer.valueOf(status);
    }

    private static String suffix(String suffix) {
        require(suffix.indexOf('/') < 0 && suffix.indexOf('*') < 0, "a suffix has no / and no *, such as .css");
        return suffix;
    }

    private static Map<String, Set<String>> query(JsonNode object, String at) {
        check(object.isMissingNode() || (object.isObject() && !object.isEmpty()), at, "must be an object, not empty");
        Map<String, Set<String>> query = new LinkedHashMap<>();
        object.properties().forEach(member -> {
            String name = member.getKey();
            query.put(name, set(values(member.getValue(), at + "/" + name, value -> value)));
        });
        return query;
    }

    private static Map<String, Source> take(JsonNode node, String at, List<PathTemplate> paths) {
        JsonNode object = node.path("take");
        check(object.isMissingNode() || object.isObject(), at + "/take", "must be an object of texts");
        Map<String, Source> take = new LinkedHashMap<>();
        for (PathTemplate path : paths) {
            for (String variable : path.variables()) {
                takeName(variable, at + "/path");
                take.put(variable, new Source(Source.Kind.PATH, variable));
            }
        }
        take.put("event_name", source(node.path("event_name"), at + "/event_name"));
        object.properties().forEach(member -> {
            takeName(member.getKey(), at + "/take/" + member.getKey());
            take.put(member.getKey(), source(member.getValue(), at + "/take/" + member.getKey()));
        });
        take.forEach((name, source) -> checkVariable(name, source, at, paths));
        return take;
    }

    private static void takeName(String name, String at) {
        check(!ClickMapping.SET_BY_READER.contains(name), at, name + " is set by the reader and cannot be taken");
        check(!name.equals("event_name"), at, "event_name is given beside take");
        check(!name.isEmpty() && name.length() <= MAX_NAME, at, "a name has 1 to " + MAX_NAME + " characters");
    }

    private static void checkVariable(String name, Source source, String at, List<PathTemplate> paths) {
        boolean known = source.kind() != Source.Kind.PATH
                || paths.stream().anyMatch(path -> path.variables().contains(source.name()));
        check(known, at, name + " is taken from path:" + source.name() + ", which no path of this rule names");
    }

    private static Source source(JsonNode node, String at) {
        return at(at, () -> Source.of(text(node, at)));
    }

    private static <T> List<T> each(JsonNode node, String at, String member, Function<String, T> reading) {
        return node.has(member) ? values(node.path(member), at + "/" + member, reading) : List.of();
    }

    /** One value, or an array of at least one: texts, or numbers. */
    private static <T> List<T> values(JsonNode node, String at, Function<String, T> reading) {
        if (!node.isArray()) {
            return List.of(at(at, () -> reading.apply(text(node, at))));
        }
        check(!node.isEmpty(), at, "must not be empty: leave it out to allow anything");
        List<T> values = new ArrayList<>();
        for (JsonNode entry : node) {
            String place = at + "/" + values.size();
            values.add(at(place, () -> reading.apply(text(entry, place))));
        }
        return values;
    }

    private static String text(JsonNode node, String at) {
        check(node.isTextual() || node.isIntegralNumber(), at, "must be a text");
        check(!node.asText().isEmpty(), at, "must not be empty");
        return node.asText();
    }

    private static void members(JsonNode node, String at, Set<String> allowed) {
        check(node.isObject(), at, "rules are one JSON object");
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String name = member.getKey();
            check(allowed.contains(name), at + "/" + name, "is not known; allowed are " + new TreeSet<>(allowed));
        }
    }

    private static <T> Set<T> set(List<T> values) {
        return new LinkedHashSet<>(values);
    }

    private static Set<String> with(Set<String> names, String... more) {
        Set<String> all = new TreeSet<>(names);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    /** What is refused inside is refused with its place. */
    private static <T> T at(String at, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (Misplaced e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new Misplaced(at + ": " + e.getMessage());
        }
    }

    private static void check(boolean right, String at, String message) {
        if (!right) {
            throw new Misplaced((at.isEmpty() ? "/" : at) + ": " + message);
        }
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Says where already. */
    private static final class Misplaced extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Misplaced(String message) {
            super(message);
        }
    }
}
