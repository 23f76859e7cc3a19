package dev.clickstream.event;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What is taken out of an event before it leaves. Immutable and thread-safe; a pure function of the event.
 *
 * <p>Steps run in the order in which the builder was told them. Names are those of the event's JSON; one that is no
 * attribute's is a property's. The identity cannot be dropped, only hashed: an event without one cannot be. Members of JSON
 * that this version does not know stay as they are.
 */
public final class Privacy implements Function<ClickEvent, Optional<ClickEvent>> {

    private static final int HASH_BYTES = 16;
    private static final int MIN_KEY_BYTES = 16;
    private static final Set<String> NEEDED = Set.of("event_id", "event_name", "user_id", "user_pseudo_id");

    private final List<Function<ClickEvent, Optional<ClickEvent>>> steps;
    private final String told;

    private Privacy(Builder builder) {
        this.steps = List.copyOf(builder.steps);
        this.told = String.join(", ", builder.told);
    }

    /**
     * A builder of no steps.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Applies all steps.
     *
     * @param event the event
     * @return what may be kept of it, or empty if its visitor has not consented
     */
    @Override
    public Optional<ClickEvent> apply(ClickEvent event) {
        Optional<ClickEvent> kept = Optional.of(event);
        for (Function<ClickEvent, Optional<ClickEvent>> step : steps) {
            kept = kept.flatMap(step);
        }
        return kept;
    }

    /** The steps by name, and what they are about; no key. */
    @Override
    public String toString() {
        return "Privacy[" + told + "]";
    }

    /** Makes a {@link Privacy}. Not thread-safe. */
    public static final class Builder {

        private final List<Function<ClickEvent, Optional<ClickEvent>>> steps = new ArrayList<>();
        private final List<String> told = new ArrayList<>();

        private Builder() {}

        /**
         * Keeps events only whose property says that the visitor consented; without the property they are not kept. Put
         * this before {@link #drop drop}, if the property itself is dropped.
         *
         * @param property the flag's name
         * @param consenting its values that mean yes, at least one
         * @return this
         */
        public Builder requireConsent(String property, String... consenting) {
            Set<String> values = Set.of(consenting);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("at least one value must mean consent");
            }
            told.add("requireConsent " + property + " " + new TreeSet<>(values));
            steps.add(event -> {
                String value = event.properties().get(property);
                return value != null && values.contains(value) ? Optional.of(event) : Optional.empty();
            });
            return this;
        }

        /**
         * Replaces ids by their HMAC-SHA-256 under a key, its first 128 bits in hexadecimal: equal ids stay equal, and
         * without the key nobody can try out ids.
         *
         * @param key secret, at least 16 bytes; a copy is kept
         * @param names such as {@code user_id}, {@code user_pseudo_id}, {@code session_id}
         * @return this
         * @throws IllegalArgumentException if the key is too short
         */
        public Builder hash(byte[] key, String... names) {
            if (key.length < MIN_KEY_BYTES) {
                throw new IllegalArgumentException(
                        "a key has at least " + MIN_KEY_BYTES + " bytes, this one " + key.length);
            }
            SecretKeySpec secret = new SecretKeySpec(key, "HmacSHA256");
            return change("hash", value -> hmac(secret, value), names);
        }

        /**
         * Truncates addresses: of IPv4 the first 24 bits stay, of IPv6 the first 48. What is no address is dropped.
         *
         * @param names properties that hold addresses
         * @return this
         */
        public Builder truncateAddress(String... names) {
            refuseNeeded(names);
            return change("truncateAddress", Addresses::truncated, names);
        }

        /**
         * Drops attributes or properties.
         *
         * @param names not those that an event needs
         * @return this
         * @throws IllegalArgumentException if an event needs one of them
         */
        public Builder drop(String... names) {
            refuseNeeded(names);
            return change("drop", value -> null, names);
        }

        /**
         * Replaces values by {@code ***}, so that it still shows that there was one.
         *
         * @param names not those that an event needs
         * @return this
         * @throws IllegalArgumentException if an event needs one of them
         */
        public Builder mask(String... names) {
            refuseNeeded(names);
            return change("mask", value -> "***", names);
        }

        /**
         * Drops parameters from {@code page_location} and {@code page_referrer}.
         *
         * @param parameters their names, as they stand in the URL
         * @return this
         */
        public Builder dropQueryParameters(String... parameters) {
            Set<String> dropped = Set.of(parameters);
            String step = "dropQueryParameters " + new TreeSet<>(dropped) + " of";
            return change(step, url -> QueryParameters.without(url, dropped), "page_location", "page_referrer");
        }

        /**
         * The steps so far.
         *
         * @return the transform
         */
        public Privacy build() {
            return new Privacy(this);
        }

        private Builder change(String step, UnaryOperator<@Nullable String> change, String... names) {
            List<String> changed = List.of(names);
            told.add(step + " " + changed);
            steps.add(event -> {
                ClickEventBuilder builder = event.toBuilder();
                for (String name : changed) {
                    String value = builder.attribute(name);
                    if (value != null) {
                        builder.attribute(name, change.apply(value));
                    }
                }
                return Optional.of(builder.build());
            });
            return this;
        }

        private static void refuseNeeded(String... names) {
            for (String name : names) {
                if (NEEDED.contains(name)) {
                    throw new IllegalArgumentException(name + " can be hashed, but not taken away");
                }
            }
        }
    }

    private static String hmac(SecretKeySpec key, @Nullable String value) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            byte[] hash = mac.doFinal(Objects.requireNonNull(value).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_BYTES));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
