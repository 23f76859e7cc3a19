package dev.clickstream.consumer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One shard, its row in the lease table, sinks, and owners that come and go: the protocol without KCL and without I/O.
 * Between any two steps something may happen, as long as the budget of mishaps lasts: the step fails, its answer is
 * lost, the process dies before or after it, or it hangs while others take over and finish, and then wakes up.
 */
final class ModelWorld {
    /** What can happen at a step. */
    private static final List<String> MISHAP_NAMES =
            List.of("fails", "loses its answer", "dead before", "dead after", "hangs while others finish");

    private final Choices choices;
    private final ModelSettings settings;
    private final List<ModelSink> sinks;
    private final ModelSink deadLetters = ModelSink.named("dead letters");
    private final List<Guarantee> guarantees;
    private final List<StreamRecord> stream = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private int mishaps;
    private final ModelLease lease = new ModelLease();
    private long nowNanos;
    private int trimmed;
    private @Nullable AssertionError violation;

    ModelWorld(Choices choices, ModelSettings settings, List<ModelSink> sinks, List<Guarantee> guarantees) {
        this.choices = choices;
        this.settings = settings;
        this.sinks = sinks;
        this.guarantees = guarantees;
        for (int i = 0; i < settings.kinesisRecords().size(); i++) {
            for (int sub = 0; sub < settings.kinesisRecords().get(i).length(); sub++) {
                stream.add(record(i, sub, settings.kinesisRecords().get(i).charAt(sub)));
            }
        }
    }

    /** Everything that can happen; returns how many ways there were. */
    static long explore(ModelSettings settings, List<ModelSink> sinks) {
        return Choices.every(choices -> new ModelWorld(
                        choices,
                        settings,
                        sinks.stream().map(ModelSink::emptied).toList(),
                        Guarantee.all())
                .run());
    }

    private static StreamRecord record(int number, int sub, char kind) {
        String row = (number + 10) + "." + sub + kind;
        return new StreamRecord(
                "s", Integer.toString(number + 10), sub, "k", Instant.ofEpochSecond(1800L * number), bytes(row));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static char kind(StreamRecord record) {
        return (char) record.data()[record.data().length - 1];
    }

    /** Lets owners come and go until the budget is spent and the last one is through. */
    void run() {
        while (!isDone() && violation == null) {
            new ModelOwner(this).live();
        }
        check(() -> guarantees.forEach(guarantee -> guarantee.atEnd(this)));
        if (violation != null) {
            throw new AssertionError(violation.getMessage() + "\n" + String.join("\n", log), violation);
        }
    }

    boolean isDone() {
        return settings.isClosed() ? lease.shardEnd : lastPosition().equals(lease.checkpoint);
    }

    List<ModelSink> sinks() {
        return sinks;
    }

    /** Where batches go that a sink has refused, if the settings want it. */
    ModelSink deadLetters() {
        return deadLetters;
    }

    @Nullable
    Position checkpoint() {
        return lease.checkpoint;
    }

    Position lastPosition() {
        return Position.of(stream.get(stream.size() - 1));
    }

    /** The rows that must be in every sink when this is committed. */
    Set<String> expectedUpTo(@Nullable Position end) {
        Set<String> rows = new TreeSet<>();
        for (StreamRecord record : stream.subList(trimmed, stream.size())) {
            if (end != null && Position.of(record).compareTo(end) <= 0 && "dxy".indexOf(kind(record)) < 0) {
                rows.add(new String(record.data(), StandardCharsets.UTF_8));
            }
        }
        return rows;
    }

    /** The stream throws away all that is older than this record. */
    void trim(int records) {
        trimmed = Math.max(trimmed, records);
        log(() -> "trim " + records);
    }

    boolean mayGoWrong() {
        return mishaps < settings.mishaps();
    }

    void log(Supplier<String> line) {
        if (choices.isReplay()) {
            log.add(line.get());
        }
    }

    /** Something is written somewhere, unless a mishap prevents it. */
    void step(ModelOwner owner, Supplier<String> what, Runnable effect) {
        owner.requireAlive();
        int kind = mayGoWrong() ? choices.of(MISHAP_NAMES.size() + 1) : 0;
        if (kind > 0) {
            mishaps++;
        }
        log(() -> "owner " + owner.number() + ": " + what.get() + (kind == 0 ? "" : " " + MISHAP_NAMES.get(kind - 1)));
        switch (kind) {
            case 1 -> throw new Failure("failed");
            case 2 -> {
                write(effect);
                throw new Failure("the answer is lost");
            }
            case 3 -> {
                owner.die();
                throw new Failure("dead before");
            }
            case 4 -> {
                write(effect);
                owner.die();
                throw new Failure("dead after");
            }
            case 5 -> {
                if (!isDone() && violation == null) {
                    new ModelOwner(this).live();
                }
                log(() -> "owner " + owner.number() + " wakes up");
                write(effect);
            }
            default -> write(effect);
        }
    }

    void goneWrong() {
        mishaps++;
    }

    int choose(int count) {
        return choices.of(count);
    }

    ModelSettings settings() {
        return settings;
    }

    ModelLease lease() {
        return lease;
    }

    List<StreamRecord> stream() {
        return stream;
    }

    /** How many records the stream has thrown away. */
    int trimmed() {
        return trimmed;
    }

    void advance(Duration time) {
        nowNanos += time.toNanos();
    }

    long nanos() {
        return nowNanos;
    }

    boolean isViolated() {
        return violation != null;
    }

    void committed(ModelOwner owner) {
        guarantees.forEach(guarantee -> guarantee.committed(this, owner));
    }

    private void write(Runnable effect) {
        check(() -> {
            effect.run();
            guarantees.forEach(guarantee -> guarantee.always(this));
        });
    }

    /** Keeps what breaks first: thrown from within a sink it would only be one more failure. */
    void check(Runnable checked) {
        try {
            checked.run();
        } catch (AssertionError e) {
            violation = violation == null ? e : violation;
        }
    }

    /** A step failed. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }
    }
}
