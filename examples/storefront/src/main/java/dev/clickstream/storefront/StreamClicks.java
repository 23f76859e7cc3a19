package dev.clickstream.storefront;

import dev.clickstream.consumer.CloudFrontClicks;
import dev.clickstream.consumer.Outcome;
import dev.clickstream.consumer.StreamRecord;
import dev.clickstream.consumer.Transform;
import dev.clickstream.event.ClickEvent;
import java.util.List;

/**
 * Makes clicks of a stream that holds both log records and events. CloudFront encodes braces, so only an event can begin
 * with one. Thread-safe.
 */
final class StreamClicks implements Transform {

    private final CloudFrontClicks log;

    StreamClicks(CloudFrontClicks log) {
        this.log = log;
    }

    @Override
    public List<Outcome> apply(StreamRecord record) {
        byte[] data = record.data();
        return data.length > 0 && data[0] == '{' ? List.of(event(data)) : log.apply(record);
    }

    private static Outcome event(byte[] json) {
        try {
            return new Outcome.Ok(ClickEvent.fromJson(json).toJson());
        } catch (IllegalArgumentException e) {
            return new Outcome.Failed("Event.Malformed", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String configuration() {
        return getClass().getName() + "\n" + log.configuration();
    }
}
