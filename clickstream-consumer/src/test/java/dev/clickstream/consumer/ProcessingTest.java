package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads on the records of one shard, and what is known of a batch's events. */
@Timeout(20)
class ProcessingTest {
    private final ExecutorService helpers = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        helpers.shutdownNow();
    }

    private static List<Intake> intakes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Intake(
                        new StreamRecord("s", Integer.toString(i), 0, "k", Instant.EPOCH, new byte[] {(byte) i})))
                .toList();
    }

    private Transformation by(int threads, Transform transform) {
        return new Transformation(new Processing(transform, threads, helpers, LateCopies.KEEP));
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    @Test
    void severalThreads_workAtOnce_andKeepOrder() throws Exception {
        CountDownLatch allAtWork = new CountDownLatch(4);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Transformation four = by(4, record -> {
            threads.add(Thread.currentThread());
            allAtWork.countDown();
            try {
                allAtWork.await();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            return List.of(new Outcome.Dropped(record.sequenceNumber()));
        });

        List<List<Outcome>> outcomes = four.of(intakes(100));

        assertThat(threads).hasSize(4);
        assertThat(outcomes)
                .isEqualTo(IntStream.range(0, 100)
                        .mapToObj(i -> List.<Outcome>of(new Outcome.Dropped(Integer.toString(i))))
                        .toList());
    }

    @Test
    void helpersThatDoNotCome_holdNobodyUp() throws Exception {
        Transformation alone =
                new Transformation(new Processing(Transform.passThrough(), 8, task -> {}, LateCopies.KEEP));

        assertThat(alone.of(intakes(20))).hasSize(20);
    }

    @Test
    void transformThatHangs_holdsUpItsOwnShardOnly() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(2);
        Transform transform = record -> {
            if (record.sequenceNumber().equals("hang")) {
                hanging.countDown();
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw interrupted(e);
                }
            }
            return List.of(new Outcome.Dropped("d"));
        };
        Intake hang = new Intake(new StreamRecord("s", "hang", 0, "k", Instant.EPOCH, new byte[0]));
        Transformation one = by(2, transform);
        Thread stuck = new Thread(
                () -> assertThatThrownBy(() -> one.of(List.of(hang, hang))).isInstanceOf(InterruptedException.class));
        stuck.start();
        assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(by(2, transform).of(intakes(10))).hasSize(10);
        stuck.interrupt();
        stuck.join();
    }

    @Test
    void error_onAnotherThread_isNotTheRecordsFaultEither() {
        Transformation two = by(2, record -> {
            throw new OutOfMemoryError("made up");
        });

        assertThatThrownBy(() -> two.of(intakes(2))).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void otherThreads_areInterrupted_whenTheShardsOwnIs() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch both = new CountDownLatch(2);
        Transformation two = by(2, record -> {
            both.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
                throw interrupted(e);
            }
            return List.of();
        });
        Thread shard =
                new Thread(() -> assertThatThrownBy(() -> two.of(intakes(2))).isInstanceOf(InterruptedException.class));
        shard.start();
        both.await();
        shard.interrupt();
        shard.join();

        Awaitility.await().atMost(Duration.ofSeconds(10)).untilTrue(interrupted);
    }

    private static byte[] event(String producer, long epoch, long sequence) {
        return ("{\"a\":{\"producer_sequence\":1},\"producer_id\":\"" + producer + "\",\"producer_epoch\":" + epoch
                        + ",\"producer_sequence\":" + sequence + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void copies_areKnownByTheirExactNumbers() {
        SeenEvents seen = new SeenEvents();

        assertThat(seen.isCopy(event("p", 1, 100))).isFalse();
        assertThat(seen.isCopy(event("p", 1, 36)))
                .as("an earlier number that is new")
                .isFalse();
        assertThat(seen.isCopy(event("p", 1, 164)))
                .as("the same bit of another word")
                .isFalse();
        assertThat(seen.isCopy(event("p", 2, 100))).as("another epoch").isFalse();
        assertThat(seen.isCopy(event("q", 1, 100))).as("another producer").isFalse();
        assertThat(Collections.nCopies(3, event("p", 1, 100))).allMatch(seen::isCopy);
        assertThat(seen.isCopy(event("p", 1, 36))).isTrue();
    }

    @Test
    void whatCarriesNoNumbers_isNeverACopy() {
        SeenEvents seen = new SeenEvents();
        for (String text :
                List.of("", "{", "[]", "a\tline", "{\"producer_id\":\"p\"}", "{\"producer_sequence\":\"1\"}")) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThat(seen.isCopy(bytes)).isFalse();
            assertThat(seen.isCopy(bytes)).as(text).isFalse();
        }
    }
}
