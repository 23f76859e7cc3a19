package dev.clickstream.cloudfront;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.event.Item;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns real-time log records into clicks. Not thread-safe: one instance per thread. A pure function of the record: the
 * same bytes always give the same events.
 *
 * <p>An event's id is derived from {@code x-edge-request-id}, its time is the log's. Where the rules take no identity,
 * {@code user_pseudo_id} is a salted hash of address and user agent, and the property {@code identity} says {@code
 * address_hash}.
 */
public final class ClickReader {

    /** What became of a line. */
    public sealed interface Result {

        /**
         * A click.
         *
         * @param event the event
         */
        record Click(ClickEvent event) implements Result {}

        /**
         * Not a click, by a rule.
         *
         * @param rule the rule's name
         */
        record Dropped(String rule) implements Result {}

        /**
         * Not a record of this format.
         *
         * @param code what is wrong, in a word
         * @param message what is wrong, without the line's content
         * @param line the bytes as they came
         */
        record Malformed(String code, String message, byte[] line) implements Result {
            @Override
            public String toString() {
                return "Malformed[" + code + ", " + message + ", " + line.length + " bytes]";
            }
        }
    }

    /** Whether requests of bots are clicks. */
    public enum BotPolicy {
        /** They are. */
        KEEP,
        /** They are dropped and counted as {@code bot}. */
        DROP
    }

    private final RealTimeLogFormat format;
    private final RealTimeLogReader line;
    private final ClickRules rules;
    private final BotPolicy bots;
    private final byte[] salt;
    private final Map<String, String> variables = new HashMap<>();

    /**
     * A reader.
     *
     * @param format the fields of the log
     * @param rules what a click is
     * @param bots whether bots' requests count
     * @param salt of the hash that stands in for an identity; keep it secret and the same everywhere, or a visitor
     *     changes identity from worker to worker
     */
    public ClickReader(RealTimeLogFormat format, ClickRules rules, BotPolicy bots, String salt) {
        this.format = format;
        this.line = new RealTimeLogReader(format);
        this.rules = rules;
        this.bots = bots;
        this.salt = salt.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads all lines of one record.
     *
     * @param record the Kinesis record's data
     * @return a result for each line, in order
     */
    public List<Result> read(byte[] record) {
        List<Result> results = new ArrayList<>(1);
        line.reset(record);
        while (line.next()) {
            results.add(readLine());
        }
        return results;
    }

    private Result readLine() {
        String problem = line.problem();
        if (problem != null) {
            return malformed(
                    problem,
                    line.columns() + " columns, the format has "
                            + format.fields().size());
        }
        Instant time = timestamp(line.raw("timestamp"));
        if (time == null) {
            return malformed("bad_timestamp", "timestamp is not seconds since 1970");
        }
        int status = status(line.raw("sc-status"));
        if (status < 0) {
            return malformed("bad_status", "sc-status is not a number of three digits");
        }
        return judge(time, status);
    }

    private Result judge(Instant time, int status) {
        String stem = line.raw("cs-uri-stem");
        String path = stem == null ? "" : withoutQuery(stem);
        String query = query(stem);
        Map<String, String> parameters = query == null ? Map.of() : Query.parse(query, rules.queryEncoding());
        String method = line.raw("cs-method");
        for (Rule rule : rules.rules()) {
            variables.clear();
            if (rule.matches(method, status, path, parameters, variables)) {
                return rule.drop() != null ? new Result.Dropped(rule.drop()) : kept(rule, time, status, parameters);
            }
        }
        return new Result.Dropped(ClickRules.NOT_A_CLICK);
    }

    private Result kept(Rule rule, Instant time, int status, Map<String, String> parameters) {
        boolean bot = bots == BotPolicy.DROP && Bots.isBot(line.text("cs-user-agent"));
        return bot ? new Result.Dropped(ClickRules.BOT) : click(rule, time, status, parameters);
    }

    private Result click(Rule rule, Instant time, int status, Map<String, String> parameters) {
        Map<String, String> taken = new HashMap<>();
        variables.forEach((name, value) -> taken.put(name, decoded(value)));
        rule.take().forEach((name, source) -> {
            String value = source.value(variables, parameters);
            if (value != null && !value.isEmpty()) {
                taken.put(name, value);
            }
        });
        String name = taken.remove("event_name");
        if (name == null) {
            return new Result.Dropped(ClickRules.NOT_A_CLICK);
        }
        String requestId = line.text("x-edge-request-id");
        ClickEvent.Builder event = ClickEvent.builder(name)
                .eventId(requestId)
                .eventTimestamp(time)
                .requestId(requestId)
                .requestMethod(line.text("cs-method"))
                .requestStatus(status)
                .requestHost(line.text("cs-host"))
                .requestEdge(line.text("x-edge-location"))
                .pageReferrer(line.text("cs-referer"))
                .geoCountry(line.text("c-country"))
                .deviceUserAgent(line.text("cs-user-agent"));
        String itemId = taken.remove("item_id");
        String itemName = taken.remove("item_name");
        if (itemId != null) {
            event.item(Item.of(itemId, itemName));
        }
        identify(event, taken);
        event.sessionId(taken.remove("session_id"))
                .pageLocation(taken.remove("page_location"))
                .pageTitle(taken.remove("page_title"));
        taken.forEach(event::property);
        if (requestId == null) {
            event.eventId(hash(line.line()));
        }
        return new Result.Click(event.build());
    }

    private void identify(ClickEvent.Builder event, Map<String, String> taken) {
        String userId = taken.remove("user_id");
        String pseudoId = taken.remove("user_pseudo_id");
        event.userId(userId).userPseudoId(pseudoId);
        if (userId == null && pseudoId == null) {
            String viewer = line.raw("c-ip") + "\t" + line.raw("cs-user-agent");
            event.userPseudoId(hash(viewer.getBytes(StandardCharsets.UTF_8))).property("identity", "address_hash");
        }
    }

    private Result malformed(String code, String message) {
        return new Result.Malformed(code, message, line.line());
    }

    private static String decoded(String value) {
        String decoded = PercentEncoding.decode(value);
        return decoded == null ? value : decoded;
    }

    private static String withoutQuery(String stem) {
        int mark = stem.indexOf('?');
        return mark < 0 ? stem : stem.substring(0, mark);
    }

    private @Nullable String query(@Nullable String stem) {
        String query = line.raw("cs-uri-query");
        if (query != null || stem == null) {
            return query;
        }
        int mark = stem.indexOf('?');
        return mark < 0 ? null : stem.substring(mark + 1);
    }

    private static @Nullable Instant timestamp(@Nullable String text) {
        if (text == null || text.length() > 20) {
            return null;
        }
        try {
            return Instant.ofEpochMilli(new BigDecimal(text).movePointRight(3).longValue());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static int status(@Nullable String text) {
        return text != null && text.matches("[0-9]{3}") ? Integer.parseInt(text) : text == null ? 0 : -1;
    }

    private String hash(byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return HexFormat.of().formatHex(digest.digest(content), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
