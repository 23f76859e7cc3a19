package dev.clickstream.producer;

import dev.clickstream.producer.Transport.EntryResult;
import dev.clickstream.producer.Transport.Failure;
import dev.clickstream.producer.Transport.RequestFailedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What the one send thread does, again and again. Only answers come in from other threads. */
final class SendLoop {

    /** With nothing to do it looks again after so long, or when it is woken. */
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private record Answer(Request request, @Nullable List<EntryResult> results, @Nullable Throwable error) {}

    private final TimeSource time;
    private final ProducerSettings settings;
    private final Intake intake;
    private final BooleanSupplier flushing;
    private final Transport transport;
    private final Lanes lanes;
    private final ResultSorter sorter;
    private final @Nullable Resharding resharding;
    private final Outcomes outcomes;
    private final ProducerMeters meters;
    private final Set<Request> inFlight = new LinkedHashSet<>();
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Vitals vitals = new Vitals();

    SendLoop(
            TimeSource time,
            ProducerSettings settings,
            Intake intake,
            BooleanSupplier flushing,
            Transport transport,
            Backoff backoff,
            Outcomes outcomes,
            ProducerMeters meters) {
        this.time = time;
        this.settings = settings;
        this.intake = intake;
        this.flushing = flushing;
        this.transport = transport;
        this.outcomes = outcomes;
        this.meters = meters;
        ShardSource shards = settings.aggregation() ? transport.shards() : null;
        if (shards == null) {
            lanes = withoutShards();
            sorter = new ResultSorter(settings, lanes, backoff, outcomes, meters);
            resharding = null;
        } else {
            ShardLanes byShard = new ShardLanes(settings, transport.limits(), time.nanos());
            lanes = byShard;
            sorter = new ResultSorter(settings, lanes, backoff, outcomes, meters);
            ShardRefresh refresh = new ShardRefresh(shards, backoff, time.nanos(), intake::wake);
            resharding = new Resharding(refresh, byShard, sorter);
        }
    }

    private Lanes withoutShards() {
        if (!transport.keepsOrder()) {
            return new UnorderedLanes(settings, transport.limits(), UnorderedLanes.Content.LINES);
        }
        return settings.order() == Order.UNORDERED
                ? new UnorderedLanes(settings, transport.limits(), UnorderedLanes.Content.EVENT)
                : new KeyLanes(settings);
    }

    /** Does all that is due and returns how many nanoseconds there is nothing to do unless something comes in. */
    long runOnce() {
        long now = time.nanos();
        intake.drainTo(lanes::add);
        sortAnswers(now);
        giveUpWaiting(now);
        if (resharding != null) {
            resharding.look(now);
        }
        lanes.takeExpired(now).forEach(lane -> sorter.expired(lane, now));
        while (inFlight.size() < settings.maxRequestsInFlight()) {
            List<Lane> request = lanes.takeRequest(now, flushing.getAsBoolean());
            if (request.isEmpty()) {
                break;
            }
            send(request, now);
        }
        outcomes.publish();
        outcomes.tell(now);
        vitals.look(lanes, now);
        return nanosUntilNext(now);
    }

    boolean isIdle() {
        return lanes.isEmpty();
    }

    private void sortAnswers(long now) {
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            if (!inFlight.remove(answer.request())) {
                continue; // came after we had given up waiting for it
            }
            if (answer.results() != null) {
                boolean elsewhere = sorter.answered(answer.request(), answer.results(), now);
                if (elsewhere && resharding != null) {
                    resharding.evidence(now);
                }
            } else {
                failed(answer.request(), answer.error(), now);
            }
        }
    }

    private void failed(Request request, @Nullable Throwable error, long now) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof RequestFailedException e) {
            sorter.failed(request, e.failure(), e.code(), now);
        } else {
            sorter.failed(
                    request,
                    Failure.UNKNOWN,
                    cause == null ? "none" : cause.getClass().getSimpleName(),
                    now);
        }
    }

    /** A transport that never answers must not hold an event for ever. */
    private void giveUpWaiting(long now) {
        List<Request> late = new ArrayList<>();
        for (Request request : inFlight) {
            if (now - request.sentAt() < settings.requestTimeout().toNanos()) {
                break;
            }
            late.add(request);
        }
        for (Request request : late) {
            inFlight.remove(request);
            sorter.failed(request, Failure.UNKNOWN, "RequestTimeout", now);
            request.answer().cancel(true);
        }
    }

    private void send(List<Lane> taken, long now) {
        List<Transport.Entry> entries = new ArrayList<>(taken.size());
        for (Lane lane : taken) {
            lane.sent(now);
            entries.add(lane.existingRecord().entry());
        }
        meters.request(entries.size());
        CompletableFuture<List<EntryResult>> answer;
        try {
            answer = transport.send(entries);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        Request request = new Request(taken, now, answer);
        inFlight.add(request);
        var unused = answer.whenComplete((results, error) -> {
            answers.add(new Answer(request, results, error));
            intake.wake();
        });
    }

    private long nanosUntilNext(long now) {
        if (!answers.isEmpty()) {
            return 0;
        }
        long wait = vitals.untilLook(now, lanes.untilChange(now, IDLE_NANOS));
        if (inFlight.size() < settings.maxRequestsInFlight()) {
            wait = lanes.untilSend(now, wait);
        }
        if (resharding != null) {
            wait = resharding.untilLook(now, wait);
        }
        if (!inFlight.isEmpty()) {
            Request oldest = inFlight.iterator().next();
            wait = Math.min(wait, settings.requestTimeout().toNanos() - (now - oldest.sentAt()));
        }
        return Math.max(0, wait);
    }

    /** Ends everything that is left, now. */
    void abandon() {
        intake.drainTo(lanes::add);
        long now = time.nanos();
        sortAnswers(now);
        lanes.takeAll().forEach(lane -> sorter.abandoned(lane, now));
        inFlight.forEach(request -> request.answer().cancel(true));
        inFlight.clear();
        outcomes.publish();
        outcomes.tellLast(now);
        vitals.look(lanes, now);
    }

    /** What a health check can see. */
    Vitals vitals() {
        return vitals;
    }
}
