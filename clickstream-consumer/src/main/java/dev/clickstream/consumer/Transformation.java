package dev.clickstream.consumer;

import java.util.List;
import java.util.Objects;

/** A transform under guard: an exception becomes an outcome. Thread-safe, if the transform is. */
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
            outcomes = transform.apply(record);
        } catch (Exception | StackOverflowError e) {
            if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            return List.of(new Outcome.Failed(Transform.EXCEPTION, e.getClass().getName()));
        }
        if (outcomes == null || outcomes.isEmpty() || outcomes.stream().anyMatch(Objects::isNull)) {
            return List.of(new Outcome.Failed(Transform.NO_OUTCOME, "The transform gave no outcome for the record"));
        }
        return outcomes;
    }
}
