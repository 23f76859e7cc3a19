package dev.clickstream.cloudfront;

import dev.clickstream.cloudfront.RealTimeLogReader.Problem;
import dev.clickstream.event.ClickEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Turns real-time log records into clicks. Not thread-safe: one instance per thread. A pure function of the record: the
 * same bytes always give the same events, and no bytes make it throw.
 *
 * <p>An event's id and request id are the line's {@code x-edge-request-id}, or a hash of the line where the format does
 * not hold that field; its time is the log's. Method, status, host, edge location, referrer, user agent and country come
 * from the fields of the same meaning. Where the rules take no identity, {@code user_pseudo_id} is a salted hash of
 * address and user agent, and the property {@code identity} says {@code address_hash}. Columns that the format does not
 * know are kept in the property {@code unknown_columns}.
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
         * @param rule the name that the rule drops under, {@link ClickRules#NOT_A_CLICK} or {@link ClickRules#BOT}
         */
        record Dropped(String rule) implements Result {}

        /**
         * Not a record of this format.
         *
         * @param code what is wrong, in a word: one of {@link RealTimeLogReader.Problem}'s, {@code no_timestamp} or
         *     {@code too_many_lines}
         * @param message what is wrong, without the line's content
         * @param line the bytes as they came, without the newline
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
        /** What would be a click is dropped and counted as {@link ClickRules#BOT}. */
        DROP
    }

    /**
     * How many lines of a record are read: {@value}. A record of ten megabytes of empty lines must not become ten million
     * results; one of real lines has far fewer.
     */
    public static final int MAX_LINES = 50_000;

    private static final long MAX_MILLIS = 253_402_300_799_999L;

    private final RealTimeLogReader line;
    private final Request request;
    private final ClickRules rules;
    private final BotPolicy botPolicy;
    private final BotList botList;
    private final ClickMapping mapping;
    private long linesWithUnknownColumns;

    private ClickReader(Builder builder) {
        this.line = new RealTimeLogReader(builder.format);
        this.rules = builder.rules;
        this.request = new Request(builder.format, line, rules.queryLayers());
        this.botPolicy = builder.botPolicy;
        this.botList = builder.botList;
        this.mapping = new ClickMapping(builder.format, line, new SaltedHash(builder.salt));
    }

    /**
     * A builder of readers.
     *
     * @param format the fields of the log
     * @param rules what a click is
     * @return a new builder
     */
    public static Builder builder(RealTimeLogFormat format, ClickRules rules) {
        return new Builder(format, rules);
    }

    /**
     * Reads all lines of one record.
     *
     * @param record the Kinesis record's data, not changed meanwhile
     * @return a result for each line, in order, at least one: an empty record is a malformed line. What comes after
     *     {@value #MAX_LINES} lines is one malformed result in one piece
     */
    public List<Result> read(byte[] record) {
        List<Result> results = new ArrayList<>(1);
        line.reset(record);
        while (line.next()) {
            if (results.size() == MAX_LINES) {
                results.add(new Result.Malformed(
                        "too_many_lines", "more than " + MAX_LINES + " lines in a record", line.rest()));
                break;
            }
            results.add(readLine());
        }
        return results;
    }

    /**
     * How many lines so far had columns beyond the format's and were read nevertheless: the log's configuration has got
     * fields that the format does not name.
     *
     * @return 0 or more
     */
    public long linesWithUnknownColumns() {
        return linesWithUnknownColumns;
    }

    private Result readLine() {
        Problem problem = line.problem();
        if (problem != null) {
            return malformed(problem.code(), problem.message());
        }
        if (line.unknownColumns() > 0) {
            linesWithUnknownColumns++;
        }
        request.reset();
        long millis = request.timestampMillis();
        if (millis < 0 || millis > MAX_MILLIS) {
            return malformed("no_timestamp", "timestamp is not there, or after the year 9999");
        }
        Result result = judge(millis);
        // A text that was asked for on the way may have been broken.
        problem = line.problem();
        return problem == null ? result : malformed(problem.code(), problem.message());
    }

    private Result judge(long millis) {
        for (Rule rule : rules.rules()) {
            Rule.Match match = rule.match(request);
            if (match == null) {
                continue;
            }
            if (rule.drop() != null) {
                return new Result.Dropped(rule.drop());
            }
            ClickEvent event = mapping.event(match, request, millis);
            if (event != null) {
                return isDroppedAsBot() ? new Result.Dropped(ClickRules.BOT) : new Result.Click(event);
            }
        }
        return new Result.Dropped(ClickRules.NOT_A_CLICK);
    }

    private boolean isDroppedAsBot() {
        String userAgent = botPolicy == BotPolicy.DROP ? request.field(ClickMapping.USER_AGENT) : null;
        return userAgent != null && botList.contains(userAgent);
    }

    private Result malformed(String code, String message) {
        return new Result.Malformed(code, message, line.line());
    }

    /** Makes a {@link ClickReader}. */
    public static final class Builder {

        private final RealTimeLogFormat format;
        private final ClickRules rules;
        private BotPolicy botPolicy = BotPolicy.KEEP;
        private BotList botList = BotList.shipped();
        private String salt = "";

        private Builder(RealTimeLogFormat format, ClickRules rules) {
            this.format = Objects.requireNonNull(format, "format");
            this.rules = Objects.requireNonNull(rules, "rules");
        }

        /**
         * Whether bots' requests are clicks. Default: {@link BotPolicy#KEEP}.
         *
         * @param value keep or drop
         * @return this
         */
        public Builder bots(BotPolicy value) {
            this.botPolicy = Objects.requireNonNull(value, "bots");
            return this;
        }

        /**
         * Which user agents are bots. Default: {@link BotList#shipped()}.
         *
         * @param value the list
         * @return this
         */
        public Builder botList(BotList value) {
            this.botList = Objects.requireNonNull(value, "botList");
            return this;
        }

        /**
         * The salt of the hash that stands in for an identity. Default: empty, so that every worker gives a viewer the
         * same pseudo id, but so can anybody who knows the address. Set a secret one; with a new one every viewer gets a
         * new pseudo id, and all workers of an application need the same.
         *
         * @param value any text
         * @return this
         */
        public Builder salt(String value) {
            this.salt = Objects.requireNonNull(value, "salt");
            return this;
        }

        /**
         * The reader.
         *
         * @return a new reader, for one thread
         * @throws IllegalArgumentException if the rules or the bot policy ask for fields that the format does not hold,
         *     or nothing would identify a viewer
         */
        public ClickReader build() {
            if (!(holds(Request.DATE) && holds(Request.TIME))) {
                requireField(Request.TIMESTAMP, "every event has a time");
            }
            rules.fields().forEach((field, at) -> requireField(field, at + " asks for it"));
            if (botPolicy == BotPolicy.DROP) {
                requireField(ClickMapping.USER_AGENT, "bots are told by it");
            }
            if (!rules.identify() && !holds(ClickMapping.ADDRESS) && !holds(ClickMapping.USER_AGENT)) {
                throw new IllegalArgumentException("the format holds neither " + ClickMapping.ADDRESS + " nor "
                        + ClickMapping.USER_AGENT + ", and not every rule takes user_id or user_pseudo_id");
            }
            return new ClickReader(this);
        }

        private boolean holds(String field) {
            return format.column(field) >= 0;
        }

        private void requireField(String field, String why) {
            if (!holds(field)) {
                throw new IllegalArgumentException("the format does not hold " + field + ": " + why);
            }
        }
    }
}
