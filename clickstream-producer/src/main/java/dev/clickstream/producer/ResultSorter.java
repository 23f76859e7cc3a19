package dev.clickstream.producer;

import dev.clickstream.producer.SendFailedException.Reason;
import dev.clickstream.producer.Transport.EntryResult;
import dev.clickstream.producer.Transport.Failure;
import dev.clickstream.producer.Transport.NotWritten;
import dev.clickstream.producer.Transport.Written;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Decides what an answer means for each event: delivered, again, failed, or in doubt. On the send thread. */
final class ResultSorter {

    private final ProducerSettings settings;
    private final Lanes lanes;
    private final Backoff backoff;
    private final Outcomes outcomes;
    private final ProducerMeters meters;

    ResultSorter(ProducerSettings settings, Lanes lanes, Backoff backoff, Outcomes outcomes, ProducerMeters meters) {
        this.settings = settings;
        this.lanes = lanes;
        this.backoff = backoff;
        this.outcomes = outcomes;
        this.meters = meters;
    }

    /**
     * The service answered entry by entry; some may have failed.
     *
     * @return whether a record went to another shard than its lane's
     */
    boolean answered(Request request, List<EntryResult> results, long now) {
        if (results.size() != request.lanes().size()) {
            failed(request, Failure.UNKNOWN, "WrongNumberOfResults", now);
            return false;
        }
        meters.answered(now - request.sentAt(), "answered");
        boolean elsewhere = false;
        for (int i = 0; i < results.size(); i++) {
            Lane lane = request.lanes().get(i);
            EntryResult result = results.get(i);
            lane.answered();
            if (result instanceof Written written) {
                elsewhere |= !written.receipt().shardId().equals(lane.name());
                written(lane, written.receipt(), now);
            } else if (result instanceof NotWritten not) {
                notWritten(lane, not.failure(), not.code(), now);
            }
        }
        return elsewhere;
    }

    /** The request failed as a whole, or its answer was lost. */
    void failed(Request request, Failure failure, String code, long now) {
        meters.answered(now - request.sentAt(), failure == Failure.UNKNOWN ? "lost" : "failed");
        for (Lane lane : request.lanes()) {
            lane.answered();
            notWritten(lane, failure, code, now);
        }
    }

    private void written(Lane lane, Receipt receipt, long now) {
        OutgoingRecord record = lane.existingRecord();
        switch (lanes.judge(lane, receipt.shardId())) {
            case WHOLE -> {
                record.events().forEach(event -> outcomes.delivered(event, receipt, now));
                lane.delivered(now);
            }
            case STRADDLES -> {
                meters.straddled(record.events().size());
                record.failed("WrongShard", true);
                outcomes.again("WrongShard");
                lane.takeBack();
            }
            case UNKNOWN -> {
                record.failed("UnknownShard", true);
                lane.unjudged(receipt);
            }
        }
        lanes.putBack(lane, now);
    }

    /**
     * The shards are known better now.
     *
     * @return whether the record's is still not among them
     */
    boolean judgeAgain(Lane lane, long now) {
        Receipt receipt = lane.unjudged();
        if (receipt != null) {
            written(lane, receipt, now);
        }
        return lane.unjudged() != null;
    }

    private void notWritten(Lane lane, Failure failure, String code, long now) {
        OutgoingRecord record = lane.existingRecord();
        record.failed(code, failure == Failure.UNKNOWN);
        if (failure == Failure.REJECTED) {
            giveUp(lane, Reason.REJECTED, lane.takeFromRecord(event -> true));
        } else {
            meters.retry(failure, code);
            outcomes.again(code);
            if (failure == Failure.THROTTLED) {
                lane.throttled(now);
            }
            lane.pause(now + backoff.nanos(record.oldest().attempts()));
            giveUp(lane, Reason.TIMEOUT, lane.takeFromRecord(event -> isOver(event, now)));
        }
        if (lane.record() != null && !record.inDoubt()) {
            lane.takeBack();
        }
        lanes.putBack(lane, now);
    }

    /** The time of some that wait in the lane is over. */
    void expired(Lane lane, long now) {
        giveUp(lane, Reason.TIMEOUT, lane.takeFromRecord(event -> isOver(event, now)));
        giveUp(lane, Reason.TIMEOUT, lane.takeFirst(event -> isOver(event, now)));
        lanes.putBack(lane, now);
    }

    private boolean isOver(Pending event, long now) {
        return settings.deadline(event) - now <= 0;
    }

    /** Without the shards nothing in this lane can be sent; if they will never be told, it ends. */
    void withoutShards(Lane lane, Failure failure, String code, long now) {
        lane.queued().forEach(event -> event.failed("ListShards: " + code, false));
        if (failure == Failure.REJECTED) {
            giveUp(lane, Reason.REJECTED, lane.takeQueue());
        }
        lanes.putBack(lane, now);
    }

    /** No more time for anything in the lane. */
    void abandoned(Lane lane, long now) {
        OutgoingRecord record = lane.record();
        if (record != null && lane.onItsWay()) {
            record.failed("none, still waiting for the answer", true);
        }
        List<Pending> events = new ArrayList<>(lane.takeFromRecord(event -> true));
        events.addAll(lane.takeQueue());
        for (Pending event : events) {
            boolean inDoubt = event.maybeWritten();
            outcomes.failed(
                    event,
                    inDoubt ? Reason.IN_DOUBT : Reason.ABANDONED,
                    inDoubt ? doubt(event) : "not sent before the producer was closed");
        }
        lane.answered();
        lanes.putBack(lane, now);
    }

    /** Ends these events, and with those in doubt all of their keys that must not pass them. */
    private void giveUp(Lane lane, Reason reason, List<Pending> events) {
        Set<String> keys = new HashSet<>();
        for (Pending event : events) {
            if (event.maybeWritten()) {
                keys.add(event.key());
                outcomes.failed(event, Reason.IN_DOUBT, doubt(event));
            } else {
                outcomes.failed(event, reason, message(reason) + ": " + history(event));
            }
        }
        if (!keys.isEmpty()) {
            Predicate<Pending> behind = event -> keys.contains(event.key());
            lane.takeFromRecord(behind).forEach(this::behindInDoubt);
            lanes.behind(lane).forEach(other -> other.takeFromQueue(behind).forEach(this::behindInDoubt));
        }
    }

    private void behindInDoubt(Pending event) {
        if (event.maybeWritten()) {
            outcomes.failed(event, Reason.IN_DOUBT, doubt(event));
        } else {
            outcomes.failed(event, Reason.BEHIND_IN_DOUBT, "queued behind an event of its key that ended in doubt");
        }
    }

    private String message(Reason reason) {
        return reason == Reason.REJECTED
                ? "the service rejected it"
                : "not accepted within " + settings.deliveryTimeout();
    }

    private static String doubt(Pending event) {
        return "sent, but no answer says whether it was written: " + history(event);
    }

    private static String history(Pending event) {
        return event.attempts() + " attempts, last error " + event.lastError();
    }
}
