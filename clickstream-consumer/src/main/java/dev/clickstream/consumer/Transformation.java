package dev.clickstream.consumer;

import java.util.ArrayList;
import java.util.List;

/**
 * A transform under guard: what it throws becomes an outcome, unless it is the
 * machine or the class path that fails. Thread-safe, if the
 * transform is.
 */
final class Transformation {
    private final Transform transform;

    Transformation(Transform transform) {
        this.transform = transform;
    }

    /**
     * The record's outcomes, never none.
     *
     * @throws InterruptedException when the thread was interrupted meanwhile: what the transform threw says nothing
     *     about the record then
     */
    List<Outcome> of(StreamRecord record) throws InterruptedException {
        List<Outcome> outcomes;
        try {
            List<Outcome> given = transform.apply(record);
            // Copied here: a list may compute its elements, and throw, only when it is looked at.
            outcomes = given == null ? List.of() : new ArrayList<>(given);
        } catch (Exception | StackOverflowError | AssertionError e) {
            if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            return List.of(new Outcome.Failed(Transform.EXCEPTION, e.getClass().getName()));
        }
        if (outcomes.isEmpty() || outcomes.contains(null)) {
            return List.of(new Outcome.Failed(Transform.NO_OUTCOME, "The transform gave no outcome for the record"));
        }
        return outcomes;
    }
}
