package dev.clickstream.cloudfront;

import java.util.HashMap;
import java.util.Map;

/** A query string's parameters, of which the first of a name counts. */
final class Query {

    private Query() {}

    /** Names to values, both decoded; what has broken escapes is left as it is. */
    static Map<String, String> parse(String query, int timesEncoded) {
        Map<String, String> parameters = new HashMap<>();
        int start = 0;
        while (start <= query.length()) {
            int end = query.indexOf('&', start);
            if (end < 0) {
                end = query.length();
            }
            if (end > start) {
                int equals = query.indexOf('=', start);
                boolean valued = equals >= 0 && equals < end;
                String name = decoded(query.substring(start, valued ? equals : end), timesEncoded);
                parameters.putIfAbsent(name, valued ? decoded(query.substring(equals + 1, end), timesEncoded) : "");
            }
            start = end + 1;
        }
        return parameters;
    }

    private static String decoded(String text, int times) {
        String result = text;
        for (int i = 0; i < times; i++) {
            String next = PercentEncoding.decode(result);
            if (next == null) {
                return result;
            }
            result = next;
        }
        return result;
    }
}
