package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Transform} makes of a record: the same three results as in Firehose's Lambda contract
 * ({@code Ok}, {@code Dropped}, {@code ProcessingFailed}). Immutable.
 */
public sealed interface Outcome {
    /**
     * A row to deliver.
     *
     * @param data its bytes, without a delimiter: the sink adds one; not to be changed afterwards
     * @param partitionKeys names and values that a prefix may use; usually none
     */
    record Ok(byte[] data, Map<String, String> partitionKeys) implements Outcome {
        /** Checks that nothing is missing, and copies the keys. */
        public Ok {
            requireNonNull(data, "data");
            partitionKeys = Map.copyOf(partitionKeys);
        }

        /**
         * A row without partition keys.
         *
         * @param data its bytes
         */
        public Ok(byte[] data) {
            this(data, Map.of());
        }

        /** The size only. */
        @Override
        public String toString() {
            return "Ok[" + data.length + " bytes]";
        }
    }

    /**
     * Nothing to deliver, on purpose.
     *
     * @param reason what it is counted under, such as the name of a rule; of a small set, and no data of a user
     */
    record Dropped(String reason) implements Outcome {
        /** Checks that there is a reason. */
        public Dropped {
            requireNonNull(reason, "reason");
        }
    }

    /**
     * Cannot be processed: goes to the error output with its bytes.
     *
     * @param code what it is counted under, such as {@code CloudFront.TooFewFields}; of a small set
     * @param message what is wrong, without data of a user
     * @param data the bytes that failed; null for the whole record
     */
    record Failed(String code, String message, byte @Nullable [] data) implements Outcome {
        /** Checks that code and message are there. */
        public Failed {
            requireNonNull(code, "code");
            requireNonNull(message, "message");
        }

        /**
         * The whole record failed.
         *
         * @param code what it is counted under
         * @param message what is wrong
         */
        public Failed(String code, String message) {
            this(code, message, null);
        }

        /** The code only. */
        @Override
        public String toString() {
            return "Failed[" + code + "]";
        }
    }
}
