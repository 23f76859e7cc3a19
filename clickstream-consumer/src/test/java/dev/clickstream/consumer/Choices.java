package dev.clickstream.consumer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What happens next, in a model: every sequence of choices once, or random ones from a seed. The first alternative of a
 * choice is the ordinary one.
 */
final class Choices {
    private final List<Integer> taken;
    private final List<Integer> alternatives = new ArrayList<>();
    private final Random random;
    private int at;
    private boolean isReplay;

    private Choices(List<Integer> taken, Random random) {
        this.taken = taken;
        this.random = random;
    }

    /** Runs every sequence of choices; returns how many. */
    static long every(Consumer<Choices> run) {
        List<Integer> path = new ArrayList<>();
        for (long runs = 1; ; runs++) {
            Choices choices = new Choices(path, null);
            choices.run(run);
            path = choices.next();
            if (path.isEmpty()) {
                return runs;
            }
        }
    }

    /** Runs random sequences, each from the seed and its number. */
    static void random(long seed, int runs, Consumer<Choices> run) {
        for (int i = 0; i < runs; i++) {
            new Choices(new ArrayList<>(), new Random(seed * 1_000_003 + i)).run(run);
        }
    }

    private void run(Consumer<Choices> run) {
        try {
            run.accept(this);
        } catch (AssertionError | RuntimeException e) {
            if (isReplay) {
                throw e;
            }
            Choices again = new Choices(taken, random);
            again.isReplay = true;
            again.run(run);
            throw new AssertionError("not so a second time, after choices " + taken, e);
        }
    }

    /** Whether this is a sequence that has broken something, run again to tell how. */
    boolean isReplay() {
        return isReplay;
    }

    /** Chooses one of so many. */
    int of(int count) {
        if (at == taken.size()) {
            taken.add(random == null ? 0 : random.nextInt(count));
        }
        alternatives.add(count);
        return taken.get(at++);
    }

    /** The sequence after this one, or none. */
    private List<Integer> next() {
        List<Integer> next = new ArrayList<>(taken.subList(0, at));
        while (!next.isEmpty()) {
            int last = next.size() - 1;
            if (next.get(last) + 1 < alternatives.get(last)) {
                next.set(last, next.get(last) + 1);
                return next;
            }
            next.remove(last);
        }
        return next;
    }
}
