package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** All guarantees of {@link Guarantee}, over real sockets and under every fault that the local endpoint has. */
class EndpointGuaranteesIT {

    /** {@code -Dclickstream.endpoint.seeds=}: how many. {@code -Dclickstream.seed=}: from which, as a failure tells. */
    private static final int SEEDS = Integer.getInteger("clickstream.endpoint.seeds", 12);

    private static final long FIRST_SEED = Long.getLong("clickstream.seed", System.nanoTime());

    /** Runs mostly wait. */
    private static final int AT_ONCE = 12;

    @Test
    void guarantees_underEveryFaultOfTheEndpoint_hold() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<List<Long>>> runs = new ArrayList<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            long one = seed;
            runs.add(threads.submit(() -> play(one)));
        }
        List<String> failures = new ArrayList<>();
        List<Long> met = new ArrayList<>();
        for (Future<List<Long>> run : runs) {
            try {
                add(met, run.get());
            } catch (ExecutionException e) {
                failures.add(String.valueOf(e.getCause().getMessage()));
            }
        }
        threads.shutdown();
        assertThat(failures).isEmpty();
        if (SEEDS >= 12) {
            List<Long> puts = met.subList(0, EndpointFaults.OF_PUT_RECORDS);
            List<Long> listings = met.subList(EndpointFaults.OF_PUT_RECORDS, met.size());
            assertThat(puts).as("how often each fault of PutRecords was met").allMatch(times -> times > 0);
            assertThat(listings.stream().mapToLong(Long::longValue).sum())
                    .as("faults of ListShards")
                    .isPositive();
        }
    }

    private static List<Long> play(long seed) {
        try {
            EndpointRun run = new EndpointRun(seed);
            run.play(Guarantee.all());
            return run.faultsMet();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("with -Dclickstream.seed=" + seed + ": " + e, e);
        }
    }

    private static void add(List<Long> sums, List<Long> more) {
        for (int i = 0; i < more.size(); i++) {
            if (i == sums.size()) {
                sums.add(0L);
            }
            sums.set(i, sums.get(i) + more.get(i));
        }
    }
}
