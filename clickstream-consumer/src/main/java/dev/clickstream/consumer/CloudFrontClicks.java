package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import dev.clickstream.cloudfront.ClickReader;
import dev.clickstream.cloudfront.ClickRules;
import dev.clickstream.cloudfront.RealTimeLogFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns CloudFront's real-time log into clicks, one JSON object a row. A record with several lines has as many outcomes;
 * of one that fails, only the line's own bytes go to the error output, under a code that begins with
 * {@value #CODE_PREFIX}. Drops are counted by rule. Thread-safe.
 */
public final class CloudFrontClicks implements Transform {
    /** What codes of failed lines begin with. */
    public static final String CODE_PREFIX = "CloudFront.";

    private final ThreadLocal<ClickReader> readers;
    private final String configuration;

    /**
     * A transform.
     *
     * @param format the fields of the log, in its own order
     * @param rules what a click is
     * @param bots whether bots' requests are clicks
     * @param salt of the hash that stands in for a visitor without identity: a secret, the same in all workers for ever
     * @throws IllegalArgumentException if the rules ask for fields that the format does not hold
     */
    public CloudFrontClicks(RealTimeLogFormat format, ClickRules rules, ClickReader.BotPolicy bots, String salt) {
        requireNonNull(format, "format");
        requireNonNull(rules, "rules");
        requireNonNull(bots, "bots");
        requireNonNull(salt, "salt");
        ClickReader.Builder reader =
                ClickReader.builder(format, rules).bots(bots).salt(salt);
        // Rules that ask for fields the format does not hold are refused here, not record by record.
        reader.build();
        this.readers = ThreadLocal.withInitial(reader::build);
        this.configuration = String.join("\n", getClass().getName(), format.toString(), rules.json(), bots.name());
    }

    @Override
    public List<Outcome> apply(StreamRecord record) {
        List<ClickReader.Result> results = readers.get().read(record.data());
        List<Outcome> outcomes = new ArrayList<>(results.size());
        for (ClickReader.Result result : results) {
            outcomes.add(outcome(result));
        }
        return outcomes;
    }

    private static Outcome outcome(ClickReader.Result result) {
        if (result instanceof ClickReader.Result.Click click) {
            return new Outcome.Ok(click.event().toJson());
        }
        if (result instanceof ClickReader.Result.Dropped dropped) {
            return new Outcome.Dropped(dropped.rule());
        }
        ClickReader.Result.Malformed malformed = (ClickReader.Result.Malformed) result;
        return new Outcome.Failed(CODE_PREFIX + malformed.code(), malformed.message(), malformed.line());
    }

    @Override
    public String configuration() {
        return configuration;
    }
}
