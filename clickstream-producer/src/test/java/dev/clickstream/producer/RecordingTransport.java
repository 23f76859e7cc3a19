package dev.clickstream.producer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Takes everything and remembers it. The hostile ones differ in how they answer. */
class RecordingTransport implements Transport {

    static final Limits LIMITS = new Limits(10, 1 << 20, 8 << 10);

    final List<List<Entry>> requests = new ArrayList<>();
    private int written;

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public CompletableFuture<List<EntryResult>> send(List<Entry> entries) {
        requests.add(List.copyOf(entries));
        return answer(entries);
    }

    CompletableFuture<List<EntryResult>> answer(List<Entry> entries) {
        return CompletableFuture.completedFuture(
                entries.stream().map(this::answer).toList());
    }

    EntryResult answer(Entry entry) {
        return new Written(new Receipt("shardId-000000000000", Integer.toString(++written)));
    }

    List<String> keys(int request) {
        return requests.get(request).stream().map(Entry::partitionKey).toList();
    }

    /** Refuses a key's first records, each time it is asked, for so many times. */
    static final class ThrottlingTransport extends RecordingTransport {
        private final String key;
        private int times;

        ThrottlingTransport(String key, int times) {
            this.key = key;
            this.times = times;
        }

        @Override
        EntryResult answer(Entry entry) {
            if (entry.partitionKey().equals(key) && times-- > 0) {
                return new NotWritten(Failure.THROTTLED, "ProvisionedThroughputExceededException");
            }
            return super.answer(entry);
        }
    }

    /** Loses its first answers, and tells so. */
    static final class AnswerLosingTransport extends RecordingTransport {
        private int times;

        AnswerLosingTransport(int times) {
            this.times = times;
        }

        @Override
        CompletableFuture<List<EntryResult>> answer(List<Entry> entries) {
            return times-- > 0
                    ? CompletableFuture.failedFuture(new java.io.IOException("connection reset"))
                    : super.answer(entries);
        }
    }

    /** Fails whole requests, always in the same way. */
    static final class FailingTransport extends RecordingTransport {
        private final Failure failure;

        FailingTransport(Failure failure) {
            this.failure = failure;
        }

        @Override
        CompletableFuture<List<EntryResult>> answer(List<Entry> entries) {
            return CompletableFuture.failedFuture(
                    new RequestFailedException(failure, "SomeException", new RuntimeException()));
        }
    }

    /** Never answers. */
    static final class HangingTransport extends RecordingTransport {
        final List<CompletableFuture<List<EntryResult>>> open = new ArrayList<>();

        @Override
        CompletableFuture<List<EntryResult>> answer(List<Entry> entries) {
            CompletableFuture<List<EntryResult>> answer = new CompletableFuture<>();
            open.add(answer);
            return answer;
        }
    }

    /** Throws in place of giving a future, or answers with too little. */
    static final class BrokenTransport extends RecordingTransport {
        @Override
        CompletableFuture<List<EntryResult>> answer(List<Entry> entries) {
            if (requests.size() == 1) {
                throw new IllegalStateException("broken");
            }
            return requests.size() == 2 ? CompletableFuture.completedFuture(List.of()) : super.answer(entries);
        }
    }
}
