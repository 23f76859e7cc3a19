package dev.clickstream.local.kinesis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The faults that are set now, and what they do to a call. Thread-safe: each decision is its call's number's alone. */
final class Faults {

    /** Their entries fail one by one, the call as a whole does not. */
    private static final Set<String> BATCHES = Set.of("PutRecords", "PutRecordBatch");

    /** Throttled with the exception of the shard's throughput; others with that of the operation's rate. */
    private static final Set<String> DATA = Set.of("PutRecord", "GetRecords", "GetShardIterator");

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private volatile List<Armed> armed = List.of();

    /** How a call ends. */
    enum Ending {
        ANSWERED,
        RESET,
        ANSWER_LOST,
        APPLIED_LATE
    }

    /**
     * What happens to a call.
     *
     * @param delay before anything else
     * @param splits how many times its stream is split before it is carried out, and in which shard
     * @param refusal answered in place of carrying it out
     * @param late when it is carried out, if its ending says so
     */
    record Reaction(Duration delay, List<Split> splits, @Nullable ApiException refusal, Ending ending, Duration late) {

        static final Reaction NONE = new Reaction(Duration.ZERO, List.of(), null, Ending.ANSWERED, Duration.ZERO);
    }

    record Split(String stream, @Nullable String shard) {}

    /** A fault with its number among those set, and its counters. */
    private static final class Armed {

        private final Fault fault;
        private final long seed;
        private final AtomicLong calls = new AtomicLong();
        private final AtomicLong met = new AtomicLong();

        Armed(Fault fault, long seed) {
            this.fault = fault;
            this.seed = seed;
        }

        /** The number of the call if it is met, else 0. A shard that only entries name is not looked at here. */
        long meets(String operation, @Nullable String stream, @Nullable String shard, boolean entries) {
            Fault.Target target = fault.target();
            boolean concerns = (target.operations().isEmpty()
                            || target.operations().contains(operation))
                    && (target.stream() == null || target.stream().equals(stream))
                    && (entries || target.shard() == null || target.shard().equals(shard));
            if (!concerns) {
                return 0;
            }
            long number = calls.incrementAndGet();
            boolean chosen = number >= target.firstCall()
                    && number <= target.lastCall()
                    && chance(seed, number, 0) < target.probability();
            return chosen ? number : 0;
        }
    }

    /** From 0 to below 1, evenly, by the numbers alone. */
    private static double chance(long seed, long call, long entry) {
        long z = seed * MIX + call;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L + entry * MIX;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z = (z ^ (z >>> 31)) * 0xBF58476D1CE4E5B9L;
        return ((z ^ (z >>> 29)) >>> 11) * 0x1.0p-53;
    }

    /** Replaces what was set; all counters begin again. */
    void set(long seed, List<Fault> faults) {
        List<Armed> next = new ArrayList<>();
        for (Fault fault : faults) {
            next.add(new Armed(fault, seed * 31 + next.size()));
        }
        armed = List.copyOf(next);
    }

    /** A fault and how many calls, or entries of calls, it has met. */
    record Met(Fault fault, long times) {}

    /** In the order in which they were set. */
    List<Met> met() {
        return armed.stream().map(one -> new Met(one.fault, one.met.get())).toList();
    }

    /** What those faults do that concern the call as a whole; the first one that ends it decides how. */
    Reaction reactionTo(Call call) {
        List<Armed> now = armed;
        if (now.isEmpty()) {
            return Reaction.NONE;
        }
        Duration delay = Duration.ZERO;
        List<Split> splits = new ArrayList<>();
        Reaction end = Reaction.NONE;
        boolean ended = false;
        for (Armed one : now) {
            if (!concernsCalls(one.fault.kind(), call.operation())
                    || one.meets(call.operation(), call.stream(), call.shard(), isSplit(one)) == 0) {
                continue;
            }
            String stream = call.stream();
            switch (one.fault.kind()) {
                case LATENCY -> delay = delay.plus(one.fault.delay());
                case SPLIT -> {
                    if (stream != null) {
                        splits.add(new Split(stream, one.fault.target().shard()));
                    }
                }
                default -> {
                    if (ended) {
                        continue; // it has ended already, so this one did not meet it
                    }
                    end = end(one.fault, call);
                    ended = true;
                }
            }
            one.met.incrementAndGet();
        }
        return new Reaction(delay, splits, end.refusal, end.ending, end.late);
    }

    /** The shard of a split is where it splits, not which calls it meets. */
    private static boolean isSplit(Armed one) {
        return one.fault.kind() == Fault.Kind.SPLIT;
    }

    private static boolean concernsCalls(Fault.Kind kind, String operation) {
        return switch (kind) {
            case THROTTLING, INTERNAL_FAILURE -> !BATCHES.contains(operation);
            case EMPTY_READ, SHORT_READ, REPEATED_READ -> false;
            default -> true;
        };
    }

    private static Reaction end(Fault fault, Call call) {
        Ending ending =
                switch (fault.kind()) {
                    case CONNECTION_RESET -> Ending.RESET;
                    case LOST_ANSWER -> Ending.ANSWER_LOST;
                    case LATE_REQUEST -> Ending.APPLIED_LATE;
                    default -> Ending.ANSWERED;
                };
        ApiException refusal =
                switch (fault.kind()) {
                    case THROTTLING -> throttled(call);
                    case INTERNAL_FAILURE -> ApiException.internalFailure("Internal service failure.");
                    case UNAVAILABLE ->
                        ApiException.unavailable("The service is unavailable. Back off and retry the operation.");
                    default -> null;
                };
        return new Reaction(Duration.ZERO, List.of(), refusal, ending, fault.delay());
    }

    private static ApiException throttled(Call call) {
        if (call.action().startsWith("firehose:")) {
            return ApiException.slowDown();
        }
        String code =
                DATA.contains(call.operation()) ? "ProvisionedThroughputExceededException" : "LimitExceededException";
        return ApiException.of(
                code, "Rate exceeded for stream " + call.stream() + " under account " + Account.ID + ".");
    }

    /** Which entries of one call fail. Asked for once a call. */
    EntryFaults ofEntries(String operation, String stream) {
        List<Armed> now = armed;
        if (now.isEmpty()) {
            return EntryFaults.NONE;
        }
        List<EntryFaults.Met> met = new ArrayList<>();
        for (Armed one : now) {
            Fault.Kind kind = one.fault.kind();
            if (kind == Fault.Kind.THROTTLING || kind == Fault.Kind.INTERNAL_FAILURE) {
                long number = one.meets(operation, stream, null, true);
                if (number > 0) {
                    met.add((entry, shard) -> {
                        String only = one.fault.target().shard();
                        boolean fails = (only == null || only.equals(shard))
                                && chance(one.seed, number, entry + 1L) < one.fault.share();
                        if (fails) {
                            one.met.incrementAndGet();
                        }
                        return fails ? kind : null;
                    });
                }
            }
        }
        return new EntryFaults(met);
    }

    /** At most so many records may a read of this shard return: 0 for none. */
    int readLimit(String stream, String shard, int asked) {
        int limit = asked;
        for (Armed one : armed) {
            Fault.Kind kind = one.fault.kind();
            if ((kind == Fault.Kind.EMPTY_READ || kind == Fault.Kind.SHORT_READ)
                    && one.meets("GetRecords", stream, shard, false) > 0) {
                one.met.incrementAndGet();
                limit = Math.min(limit, one.fault.records());
            }
        }
        return limit;
    }

    /** So many records earlier than asked for does an iterator by sequence number begin. */
    int rewind(String stream, String shard) {
        int records = 0;
        for (Armed one : armed) {
            if (one.fault.kind() == Fault.Kind.REPEATED_READ
                    && one.meets("GetShardIterator", stream, shard, false) > 0) {
                one.met.incrementAndGet();
                records = Math.max(records, one.fault.records());
            }
        }
        return records;
    }
}
