package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Workers that start at once, with other wishes, on a table that fails: all begin at one place, which never changes. */
class StartPositionTest {
    private static final List<InitialPosition> WISHES = List.of(
            InitialPosition.latest(), InitialPosition.trimHorizon(), InitialPosition.at(Instant.ofEpochMilli(3)));

    /** Workers start one within the other's steps, as many as there are wishes. */
    private static final class Application {
        private final Choices choices;
        private final List<Instant> resolved = new ArrayList<>();
        private @Nullable Instant stored;
        private int started;
        private int failures;
        private long now = 1_000;

        Application(Choices choices) {
            this.choices = choices;
        }

        private Instant startOne() {
            InitialPosition wish = WISHES.get(started++);
            while (true) {
                try {
                    Instant start = new StartPosition(new Table(), wish, time()).resolve();
                    resolved.add(start);
                    return start;
                } catch (Exception e) {
                    failures++; // the worker starts its scheduler again
                }
            }
        }

        private TimeSource time() {
            return new TimeSource() {
                @Override
                public long nanoTime() {
                    return 0;
                }

                @Override
                public Instant now() {
                    return Instant.ofEpochMilli(now++);
                }
            };
        }

        private boolean mishap() {
            return failures < 2 && choices.of(2) == 1;
        }

        private void othersMayStart() {
            if (started < WISHES.size() && choices.of(2) == 1) {
                startOne();
            }
        }

        private final class Table implements StartPosition.Store {
            @Override
            public @Nullable Instant read() {
                othersMayStart();
                return stored;
            }

            @Override
            public boolean create(Instant start) {
                othersMayStart();
                if (mishap()) {
                    throw new IllegalStateException("failed");
                }
                boolean first = stored == null;
                stored = first ? start : stored;
                if (mishap()) {
                    throw new IllegalStateException("the answer is lost");
                }
                return first;
            }
        }
    }

    @Test
    void workers_thatStartAtOnce_beginAtOnePlace_whateverFails() {
        long runs = Choices.every(choices -> {
            Application application = new Application(choices);
            while (application.started < WISHES.size()) {
                application.startOne();
            }
            assertThat(application.resolved).hasSize(WISHES.size()).containsOnly(application.stored);
        });

        assertThat(runs).isGreaterThan(50);
    }
}
