package dev.clickstream.delivery;

import dev.clickstream.consumer.EventPrivacy;
import dev.clickstream.consumer.Outcome;
import dev.clickstream.consumer.StreamRecord;
import dev.clickstream.consumer.Transform;
import dev.clickstream.event.Privacy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of events what a file says; its configuration tells what that is. Thread-safe.
 *
 * @param privacy what does it
 * @param configuration without the key
 */
record PrivateEvents(EventPrivacy privacy, String configuration) implements Transform {

    /** Null when nothing is to be taken out. Consent is asked first, as its property may be dropped. */
    static @Nullable PrivateEvents of(ConfigurationFile file) {
        Steps steps = new Steps(file);
        String key = file.text("privacy_key", "");
        String consent = file.text("privacy_consent_property");
        List<String> consenting = file.texts("privacy_consent_values");
        if (consent != null) {
            if (consenting.isEmpty()) {
                throw file.wrong("privacy_consent_values", "at least one is wanted that means yes");
            }
            steps.builder.requireConsent(consent, consenting.toArray(String[]::new));
            steps.told.append("consent ").append(consent).append(consenting).append('\n');
        } else if (!consenting.isEmpty()) {
            throw file.wrong("privacy_consent_values", "it needs privacy_consent_property");
        }
        boolean isHashing = steps.add(
                "privacy_hash", "privacy_key", (b, names) -> b.hash(key.getBytes(StandardCharsets.UTF_8), names));
        if (!isHashing) {
            file.requireUnset("it needs privacy_hash", "privacy_key");
        }
        steps.add("privacy_truncate_address", Privacy.Builder::truncateAddress);
        steps.add("privacy_drop_query_parameters", Privacy.Builder::dropQueryParameters);
        steps.add("privacy_mask", Privacy.Builder::mask);
        steps.add("privacy_drop", Privacy.Builder::drop);
        return steps.told.isEmpty()
                ? null
                : new PrivateEvents(new EventPrivacy(steps.builder.build()), steps.told.toString());
    }

    @Override
    public List<Outcome> apply(StreamRecord record) {
        return privacy.apply(record);
    }

    /** Steps, as they are told. */
    private static final class Steps {
        private final ConfigurationFile file;
        private final Privacy.Builder builder = Privacy.builder();
        private final StringBuilder told = new StringBuilder();

        private Steps(ConfigurationFile file) {
            this.file = file;
        }

        private void add(String setting, BiFunction<Privacy.Builder, String[], Privacy.Builder> step) {
            boolean unused = add(setting, setting, step);
        }

        /** Whether there is such a step. */
        private boolean add(
                String setting, String refusedAs, BiFunction<Privacy.Builder, String[], Privacy.Builder> step) {
            List<String> names = file.texts(setting);
            if (names.isEmpty()) {
                return false;
            }
            Object unused = file.made(refusedAs, "", text -> step.apply(builder, names.toArray(String[]::new)));
            told.append(setting).append(' ').append(names).append('\n');
            return true;
        }
    }
}
