package dev.clickstream.consumer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A transform under guard: what it throws becomes an outcome, unless it is the machine or the class path that fails. Of
 * many records several threads may make outcomes, in the records' order. Thread-safe, if the transform is.
 */
final class Transformation {
    private final Processing processing;

    Transformation(Processing processing) {
        this.processing = processing;
    }

    /** How many records are worth being handed over together. */
    int portion() {
        return processing.concurrency() == 1 ? 1 : 64 * processing.concurrency();
    }

    /**
     * The outcomes of each record, never none.
     *
     * @param intakes some; of those that are decided already it is what was decided
     * @throws InterruptedException when a thread was interrupted meanwhile: what the transform threw says nothing about
     *     the record then
     */
    List<List<Outcome>> of(List<Intake> intakes) throws InterruptedException {
        int slices = Math.min(processing.concurrency(), intakes.size());
        List<FutureTask<List<List<Outcome>>>> tasks = new ArrayList<>(slices);
        for (int i = 0; i < slices; i++) {
            List<Intake> slice = intakes.subList(intakes.size() * i / slices, intakes.size() * (i + 1) / slices);
            tasks.add(new FutureTask<>(() -> ofEach(slice)));
        }
        try {
            tasks.stream().skip(1).forEach(processing.helpers()::execute);
            List<List<Outcome>> all = new ArrayList<>(intakes.size());
            for (FutureTask<List<List<Outcome>>> task : tasks) {
                task.run(); // nothing, if a helper has begun it
                all.addAll(result(task));
            }
            return all;
        } finally {
            tasks.forEach(task -> task.cancel(true));
        }
    }

    private static List<List<Outcome>> result(FutureTask<List<List<Outcome>>> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException();
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private List<List<Outcome>> ofEach(List<Intake> intakes) throws InterruptedException {
        List<List<Outcome>> all = new ArrayList<>(intakes.size());
        for (Intake intake : intakes) {
            Outcome decided = intake.decided();
            all.add(decided != null ? List.of(decided) : of(intake.record()));
        }
        return all;
    }

    private List<Outcome> of(StreamRecord record) throws InterruptedException {
        List<Outcome> outcomes;
        try {
            List<Outcome> given = processing.transform().apply(record);
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
