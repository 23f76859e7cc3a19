package dev.clickstream.consumer.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a prefix's keys are built: a literal beginning, columns, and a template that says where they stand. Immutable.
 *
 * @param base what all keys begin with; empty or up to a slash
 * @param template the prefix with {@code ${column}} in it, up to its last slash
 * @param partitions in the order of the template
 * @param isHive whether each column stands as {@code name=value}, so that others than Athena find it, too
 */
record ObjectLayout(String base, String template, List<Partition> partitions, boolean isHive) {
    private static final Pattern EXPRESSION = Pattern.compile("!\\{([^}]*)\\}");
    private static final Pattern NAMED = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=!\\{([^}]*)\\}");
    private static final Pattern NUMBER = Pattern.compile("y+|u+|M+|d+|H+|m+");
    private static final String TIMESTAMP = "timestamp:";
    private static final String KEY = "partitionKeyFromLambda:";
    private static final String DEFAULT_TIME = "!{timestamp:yyyy/MM/dd/HH}/";
    /** The column of a layout whose folders have no names. */
    private static final String DATE_HOUR = "datehour";

    ObjectLayout {
        partitions = List.copyOf(partitions);
    }

    /**
     * Of a sink's prefix.
     *
     * @throws IllegalArgumentException when no columns can be made of it; the message says why
     */
    static ObjectLayout of(String prefix) {
        String whole = prefix.contains("!{") ? prefix : prefix + DEFAULT_TIME;
        int end = whole.lastIndexOf('/') + 1;
        String folders = whole.substring(0, end);
        if (EXPRESSION.matcher(whole.substring(end)).find() || folders.isEmpty()) {
            throw new IllegalArgumentException("The prefix '" + prefix
                    + "' does not end its last expression with a slash: a table is made of folders");
        }
        return NAMED.matcher(folders).find() ? named(prefix, folders) : unnamed(prefix, folders);
    }

    private static ObjectLayout named(String prefix, String folders) {
        List<Partition> partitions = new ArrayList<>();
        StringBuilder template = new StringBuilder();
        Matcher named = NAMED.matcher(folders);
        int at = 0;
        while (named.find()) {
            template.append(literal(prefix, folders.substring(at, named.start())));
            String name = named.group(1);
            partitions.add(partition(prefix, name, named.group(2)));
            template.append(name).append("=${").append(name).append('}');
            at = named.end();
        }
        template.append(literal(prefix, folders.substring(at)));
        return layout(template.toString(), partitions, true);
    }

    /** One column of all times, with what stands between them. */
    private static ObjectLayout unnamed(String prefix, String folders) {
        Matcher expressions = EXPRESSION.matcher(folders);
        StringBuilder pattern = new StringBuilder();
        int first = -1;
        int at = 0;
        while (expressions.find()) {
            if (!expressions.group(1).startsWith(TIMESTAMP)) {
                throw new IllegalArgumentException("The prefix '" + prefix + "' has !{" + expressions.group(1)
                        + "} without a name: write it as name=!{...}/, and never make a table of random strings");
            }
            if (first < 0) {
                first = expressions.start();
            } else {
                pattern.append(quoted(folders.substring(at, expressions.start())));
            }
            pattern.append(expressions.group(1).substring(TIMESTAMP.length()));
            at = expressions.end();
        }
        String template = folders.substring(0, first) + "${" + DATE_HOUR + "}" + folders.substring(at);
        return layout(template, List.of(new Partition(DATE_HOUR, Partition.Kind.DATE, pattern.toString())), false);
    }

    private static ObjectLayout layout(String template, List<Partition> partitions, boolean isHive) {
        String start = template.substring(0, template.indexOf("${"));
        return new ObjectLayout(start.substring(0, start.lastIndexOf('/') + 1), template, partitions, isHive);
    }

    private static String literal(String prefix, String text) {
        if (EXPRESSION.matcher(text).find()) {
            throw new IllegalArgumentException(
                    "The prefix '" + prefix + "' has named and unnamed folders; a table wants all of them named");
        }
        return text;
    }

    private static Partition partition(String prefix, String name, String expression) {
        if (expression.startsWith(KEY)) {
            return new Partition(name, Partition.Kind.INJECTED, "");
        }
        if (!expression.startsWith(TIMESTAMP)) {
            throw new IllegalArgumentException(
                    "The prefix '" + prefix + "' has !{" + expression + "}, of which no column can be made");
        }
        String pattern = expression.substring(TIMESTAMP.length());
        boolean isNumber = NUMBER.matcher(pattern).matches();
        return new Partition(name, isNumber ? Partition.Kind.INTEGER : Partition.Kind.DATE, pattern);
    }

    /** As a pattern of DateTimeFormatter wants literal text. */
    private static String quoted(String text) {
        return text.chars().anyMatch(Character::isLetter) ? "'" + text.replace("'", "''") + "'" : text;
    }
}
