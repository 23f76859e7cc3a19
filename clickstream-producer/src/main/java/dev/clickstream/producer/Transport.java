package dev.clickstream.producer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes one request to a stream: bytes and limits, nothing else. No retries, no threads of its own to wait for. */
interface Transport {

    /** What fits; the same for ever. */
    Limits limits();

    /** Who knows the shards that records go to, or null if that is nobody's business. */
    default @Nullable ShardSource shards() {
        return null;
    }

    /** Whether records have keys, and an order worth keeping; if not, events are lines of any record. */
    default boolean keepsOrder() {
        return true;
    }

    /**
     * Sends one request. Must not block, nor change the list.
     *
     * @return one result per entry, in their order; or exceptionally, best with a {@link RequestFailedException}: any
     *     other exception counts as a lost answer
     */
    CompletableFuture<List<EntryResult>> send(List<Entry> entries);

    /** Data and key of a record are counted. */
    record Limits(int maxRecords, int maxRequestBytes, int maxRecordBytes) {}

    /** One record to be written; without an explicit hash key its key says where. The array must not be changed. */
    record Entry(String partitionKey, @Nullable String explicitHashKey, byte[] data) {

        /** As the limits count: key and data. */
        int sizeBytes() {
            return partitionKey.getBytes(StandardCharsets.UTF_8).length + data.length;
        }

        @Override
        public String toString() {
            return "Entry[" + data.length + " bytes]";
        }
    }

    /** What became of one entry. */
    sealed interface EntryResult {}

    /** It is in the stream. */
    record Written(Receipt receipt) implements EntryResult {}

    /** It is not acknowledged; the code is the service's own word. */
    record NotWritten(Failure failure, String code) implements EntryResult {}

    /** What a failure tells of an entry, whether it came for one or for the whole request. */
    enum Failure {
        /** Too much at the moment. Certainly not written. */
        THROTTLED,
        /** The service could not be asked at all. Certainly not written. */
        UNREACHABLE,
        /** Nobody knows: no answer, or one that does not say. Possibly written. */
        UNKNOWN,
        /** Certainly not written, and it would be the same next time. */
        REJECTED
    }

    /** A request failed as a whole. */
    final class RequestFailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Failure failure;
        private final String code;

        RequestFailedException(Failure failure, String code, Throwable cause) {
            super("request failed as " + failure + ": " + code, cause);
            this.failure = failure;
            this.code = code;
        }

        Failure failure() {
            return failure;
        }

        String code() {
            return code;
        }
    }
}
