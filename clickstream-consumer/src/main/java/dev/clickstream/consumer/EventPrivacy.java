package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.event.Privacy;
import java.util.List;
import java.util.Optional;

/**
 * Takes out of events what is private before they reach a sink: of rows that {@link CloudFrontClicks} made
 * ({@code clicks.then(new EventPrivacy(…))}), or of events as a producer sent them. What is no event fails as
 * {@value #NO_EVENT}; a visitor's who has not consented is dropped as {@value #NO_CONSENT}. Thread-safe.
 */
public final class EventPrivacy implements Transform {
    /** The code of bytes that are no event. */
    public static final String NO_EVENT = "Event.Invalid";

    /** The reason of an event that nobody consented to. */
    public static final String NO_CONSENT = "no_consent";

    private static final List<Outcome> INVALID =
            List.of(new Outcome.Failed(NO_EVENT, "the bytes are not the JSON of an event"));
    private static final List<Outcome> DROPPED = List.of(new Outcome.Dropped(NO_CONSENT));

    private final Privacy privacy;

    /**
     * A transform.
     *
     * @param privacy what is taken out
     */
    public EventPrivacy(Privacy privacy) {
        this.privacy = requireNonNull(privacy, "privacy");
    }

    @Override
    public List<Outcome> apply(StreamRecord record) {
        ClickEvent event;
        try {
            event = ClickEvent.fromJson(record.data());
        } catch (IllegalArgumentException e) {
            return INVALID;
        }
        Optional<ClickEvent> kept = privacy.apply(event);
        return kept.map(left -> List.<Outcome>of(new Outcome.Ok(left.toJson()))).orElse(DROPPED);
    }

    /** The steps, without the keys of hashes. */
    @Override
    public String configuration() {
        return getClass().getName() + "\n" + privacy;
    }
}
