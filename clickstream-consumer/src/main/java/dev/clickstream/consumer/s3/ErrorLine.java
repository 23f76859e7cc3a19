package dev.clickstream.consumer.s3;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line of an error object, as {@link ErrorReader} reads it. */
public sealed interface ErrorLine {
    /**
     * Where it stands.
     *
     * @return from 1, empty lines counted
     */
    long number();

    /**
     * A record that could not be processed. Immutable, but for the bytes, which nobody may change.
     *
     * @param number of the line, from 1
     * @param data the bytes that failed
     * @param code such as {@code Lambda.ProcessingFailedStatus}; empty when there is none
     * @param message what was wrong; empty when there is none; the service's may hold parts of the data
     * @param attempts how often it was tried; 0 when that is not said
     * @param arrival when the stream took it; null when that is not said
     */
    record Failed(long number, byte[] data, String code, String message, int attempts, @Nullable Instant arrival)
            implements ErrorLine {
        /** Checks that nothing is missing. */
        public Failed {
            requireNonNull(data, "data");
            requireNonNull(code, "code");
            requireNonNull(message, "message");
        }

        /** The line and the code. */
        @Override
        public String toString() {
            return "Failed[line " + number + ", " + code + ", " + data.length + " bytes]";
        }
    }

    /**
     * A line that is no such record; those behind it are read all the same.
     *
     * @param number of the line, from 1
     * @param reason what is wrong, without anything of its content
     */
    record Malformed(long number, String reason) implements ErrorLine {
        /** Checks that there is a reason. */
        public Malformed {
            requireNonNull(reason, "reason");
        }
    }
}
