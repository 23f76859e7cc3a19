package dev.clickstream.delivery;

import dev.clickstream.consumer.EventPrivacy;
import dev.clickstream.event.Privacy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What a file says is to be taken out of events. */
final class PrivateEvents {
    private final ConfigurationFile file;
    private final Privacy.Builder builder = Privacy.builder();
    private boolean hasSteps;

    private PrivateEvents(ConfigurationFile file) {
        this.file = file;
    }

    /** Null when nothing is to be taken out. Consent is asked first, as its property may be dropped. */
    static @Nullable EventPrivacy of(ConfigurationFile file) {
        PrivateEvents events = new PrivateEvents(file);
        events.requireConsent();
        events.hash();
        events.add("privacy_truncate_address", Privacy.Builder::truncateAddress);
        events.add("privacy_drop_query_parameters", Privacy.Builder::dropQueryParameters);
        events.add("privacy_mask", Privacy.Builder::mask);
        events.add("privacy_drop", Privacy.Builder::drop);
        return events.hasSteps ? new EventPrivacy(events.builder.build()) : null;
    }

    private void requireConsent() {
        String property = file.text("privacy_consent_property");
        List<String> consenting = file.texts("privacy_consent_values");
        if (property == null) {
            if (!consenting.isEmpty()) {
                throw file.wrong("privacy_consent_values", "it needs privacy_consent_property");
            }
            return;
        }
        if (consenting.isEmpty()) {
            throw file.wrong("privacy_consent_values", "at least one is wanted that means yes");
        }
        builder.requireConsent(property, consenting.toArray(String[]::new));
        hasSteps = true;
    }

    private void hash() {
        byte[] key = file.text("privacy_key", "").getBytes(StandardCharsets.UTF_8);
        if (!add("privacy_hash", "privacy_key", (steps, names) -> steps.hash(key, names))) {
            file.requireUnset("it needs privacy_hash", "privacy_key");
        }
    }

    private void add(String setting, BiFunction<Privacy.Builder, String[], Privacy.Builder> step) {
        boolean unused = add(setting, setting, step);
    }

    /** Whether there is such a step. */
    private boolean add(String setting, String refusedAs, BiFunction<Privacy.Builder, String[], Privacy.Builder> step) {
        List<String> names = file.texts(setting);
        if (names.isEmpty()) {
            return false;
        }
        Object unused = file.made(refusedAs, "", text -> step.apply(builder, names.toArray(String[]::new)));
        hasSteps = true;
        return true;
    }
}
