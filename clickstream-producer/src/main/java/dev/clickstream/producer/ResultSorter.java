package dev.clickstream.producer;

import dev.clickstream.producer.SendFailedException.Reason;
import dev.clickstream.producer.Transport.EntryResult;
import dev.clickstream.producer.Transport.Failure;
import dev.clickstream.producer.Transport.NotWritten;
import dev.clickstream.producer.Transport.Written;
import java.util.List;

/** Decides what an answer means for each event: delivered, again later, failed, or in doubt. On the send thread. */
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

    /** The service answered entry by entry; some may have failed. */
    void answered(Request request, List<EntryResult> results, long now) {
        if (results.size() != request.lanes().size()) {
            failed(request, Failure.UNKNOWN, "WrongNumberOfResults", now);
            return;
        }
        meters.answered(now - request.sentAt(), "answered");
        for (int i = 0; i < results.size(); i++) {
            Lane lane = request.lanes().get(i);
            EntryResult result = results.get(i);
            if (result instanceof Written written) {
                outcomes.delivered(lane.head(), written.receipt());
                lanes.advance(lane);
            } else if (result instanceof NotWritten not) {
                notWritten(lane, not.failure(), not.code(), now);
            }
        }
    }

    /** The request failed as a whole, or its answer was lost. */
    void failed(Request request, Failure failure, String code, long now) {
        meters.answered(now - request.sentAt(), failure == Failure.UNKNOWN ? "lost" : "failed");
        request.lanes().forEach(lane -> notWritten(lane, failure, code, now));
    }

    private void notWritten(Lane lane, Failure failure, String code, long now) {
        Pending head = lane.head();
        head.failed(code, failure == Failure.UNKNOWN);
        if (failure == Failure.REJECTED) {
            giveUp(lane, Reason.REJECTED);
        } else if (now - head.acceptedAt() >= settings.deliveryTimeout().toNanos()) {
            giveUp(lane, Reason.TIMEOUT);
        } else {
            meters.retry(failure, code);
            lanes.backOff(lane, now + backoff.nanos(head.attempts()));
        }
    }

    /** The head's time is over while it waits. */
    void expired(Lane lane) {
        giveUp(lane, Reason.TIMEOUT);
    }

    /** No more time for anything in the lane, which must be on its way. */
    void abandoned(Lane lane) {
        Pending head = lane.head();
        for (Pending event : lanes.remove(lane)) {
            boolean inDoubt = event == head && head.maybeWritten();
            outcomes.failed(
                    event,
                    inDoubt ? Reason.IN_DOUBT : Reason.ABANDONED,
                    inDoubt ? doubt(head) : "not sent before the producer was closed");
        }
    }

    private void giveUp(Lane lane, Reason reason) {
        Pending head = lane.head();
        if (!head.maybeWritten()) {
            outcomes.failed(head, reason, message(reason) + ": " + history(head));
            lanes.advance(lane);
            return;
        }
        outcomes.failed(head, Reason.IN_DOUBT, doubt(head));
        List<Pending> all = lanes.remove(lane);
        all.subList(1, all.size())
                .forEach(e -> outcomes.failed(
                        e, Reason.BEHIND_IN_DOUBT, "queued behind an event of its key that ended in doubt"));
    }

    private String message(Reason reason) {
        return reason == Reason.REJECTED
                ? "the service rejected it"
                : "not accepted within " + settings.deliveryTimeout();
    }

    private static String doubt(Pending head) {
        return "sent, but no answer says whether it was written: " + history(head);
    }

    private static String history(Pending head) {
        return head.attempts() + " attempts, last error " + head.lastError();
    }
}
