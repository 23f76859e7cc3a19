package dev.clickstream.producer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A lane for each open shard, many events per record. When the shards change, what waits moves to the lanes of the new
 * ones; a closed shard's last record is brought to its end before the lanes that overlap it send anything.
 */
final class ShardLanes implements Lanes {

    /** A lost answer holds up no more than these; and while they are on their way others are packed. */
    static final int MAX_LANES_PER_REQUEST = 4;

    /** A lane with so much does not linger: the record is worth sending. */
    static final int FULL_BYTES = 128 << 10;

    private static final Comparator<Lane> OLDEST_FIRST =
            Comparator.comparingLong(lane -> lane.oldest().sequence());

    /** A record's events end one after the other; looking through what waits behind them each time would cost much. */
    private static final long EXPIRE_EVERY = Duration.ofMillis(10).toNanos();

    private final ProducerSettings settings;
    private final int maxRecordBytes;
    /** Before the first map: all that has come. It never sends. */
    private final Lane unplaced = Lane.ofKey("none");

    private @Nullable ShardMap map;
    /** In the order of {@link ShardMap#open}. */
    private List<Lane> open = List.of();
    /** Closed, with a record that is not acknowledged. No two overlap. */
    private final List<Lane> draining = new ArrayList<>();

    private long expiresAt;

    ShardLanes(ProducerSettings settings, Transport.Limits limits, long now) {
        this.expiresAt = now;
        this.settings = settings;
        this.maxRecordBytes = Math.min(limits.maxRecordBytes(), settings.maxBatchBytes());
    }

    /** Whether nothing can be sent because no map has come in yet. */
    boolean hasNoMap() {
        return map == null;
    }

    @Override
    public void add(Pending event) {
        if (map == null) {
            unplaced.add(event);
        } else {
            open.get(map.indexOf(event.hash())).add(event);
        }
    }

    @Override
    public boolean isEmpty() {
        return unplaced.isEmpty() && draining.isEmpty() && open.stream().allMatch(Lane::isEmpty);
    }

    /** From now on events go by this map. */
    void use(ShardMap next, long now) {
        Map<String, Lane> before = new HashMap<>();
        open.forEach(lane -> before.put(lane.name(), lane));
        List<Lane> lanes = new ArrayList<>();
        for (Shard shard : next.open()) {
            Lane lane = before.remove(shard.id());
            lanes.add(lane == null ? Lane.ofShard(shard, new Pace(settings.shardBytesPerSecond(), now)) : lane);
        }
        map = next;
        open = lanes;
        List<Pending> moving = unplaced.takeQueue();
        for (Lane closed : before.values()) {
            moving.addAll(closed.takeQueue());
            if (closed.record() != null) {
                draining.add(closed);
            }
        }
        place(moving);
        List.copyOf(draining).forEach(this::drain);
    }

    /** Into the lanes where they belong, in their order among what waits there. */
    private void place(List<Pending> events) {
        Map<Lane, List<Pending>> byLane = new HashMap<>();
        ShardMap current = Objects.requireNonNull(map);
        for (Pending event : events) {
            byLane.computeIfAbsent(open.get(current.indexOf(event.hash())), lane -> lane.takeQueue())
                    .add(event);
        }
        byLane.forEach((lane, queue) -> {
            queue.sort(Comparator.comparingLong(Pending::sequence));
            queue.forEach(lane::add);
        });
    }

    /** What a closed lane can still do: send the same bytes once more, if one of the new shards takes all of them. */
    private void drain(Lane closed) {
        if (closed.onItsWay() || closed.unjudged() != null) {
            return;
        }
        OutgoingRecord record = closed.record();
        if (record != null && !(record.inDoubt() && liesInOne(record))) {
            closed.takeBack();
        }
        if (closed.record() == null) {
            draining.remove(closed);
            place(closed.takeQueue());
        }
    }

    private boolean liesInOne(OutgoingRecord record) {
        return open.stream().anyMatch(lane -> record.liesIn(lane.shard()));
    }

    @Override
    public void putBack(Lane lane, long now) {
        if (draining.contains(lane)) {
            drain(lane);
        }
    }

    @Override
    public List<Lane> behind(Lane lane) {
        if (!draining.contains(lane)) {
            return List.of(lane);
        }
        return open.stream().filter(next -> next.shard().overlaps(lane.shard())).toList();
    }

    @Override
    public Verdict judge(Lane lane, String shardId) {
        if (lane.name().equals(shardId)) {
            return Verdict.WHOLE;
        }
        Shard shard = map == null ? null : map.shard(shardId);
        if (shard == null) {
            return Verdict.UNKNOWN;
        }
        OutgoingRecord record = lane.existingRecord();
        return record.liesIn(shard) ? Verdict.WHOLE : Verdict.STRADDLES;
    }

    /** The lane of what came before the first map. */
    Lane unplaced() {
        return unplaced;
    }

    /** The lanes whose record was written to a shard that was not known. */
    List<Lane> unjudged() {
        List<Lane> lanes = new ArrayList<>();
        each(lane -> {
            if (lane.unjudged() != null) {
                lanes.add(lane);
            }
        });
        return lanes;
    }

    @Override
    public List<Lane> takeExpired(long now) {
        List<Lane> expired = new ArrayList<>();
        if (now - expiresAt < 0) {
            return expired;
        }
        expiresAt = now + EXPIRE_EVERY;
        each(lane -> {
            if (!lane.onItsWay() && !lane.isEmpty() && !hasTime(lane, now)) {
                expired.add(lane);
            }
        });
        return expired;
    }

    /** Whether there is something, and the time of the oldest is not over. */
    private boolean hasTime(Lane lane, long now) {
        return !lane.isEmpty() && settings.deadline(lane.oldest()) - now > 0;
    }

    @Override
    public List<Lane> takeRequest(long now, boolean flushing) {
        List<Lane> candidates = new ArrayList<>();
        boolean due = false;
        long halfLinger = settings.linger().toNanos() / 2;
        for (Lane lane : sendable(now)) {
            long blocked = untilAllowed(lane, now);
            long wait = flushing ? blocked : Math.max(blocked, untilWorth(lane, now));
            due |= wait <= 0;
            if (blocked <= 0 && wait <= halfLinger) {
                candidates.add(lane);
            }
        }
        if (!due) {
            return List.of();
        }
        candidates.sort(OLDEST_FIRST);
        return fill(candidates, now);
    }

    private List<Lane> fill(List<Lane> candidates, long now) {
        List<Lane> request = new ArrayList<>();
        int most = Math.min(MAX_LANES_PER_REQUEST, settings.maxBatchRecords());
        int left = settings.maxBatchBytes();
        for (Lane lane : candidates) {
            if (request.size() == most) {
                break;
            }
            OutgoingRecord record = lane.record();
            int next = record == null ? lane.oldest().recordBytes() : record.sizeBytes();
            if (next > left && !request.isEmpty()) {
                continue;
            }
            if (record == null) {
                lane.cut(Math.min(Math.min(left, maxRecordBytes), lane.pace().room(now)));
            }
            left -= lane.existingRecord().sizeBytes();
            request.add(lane);
        }
        return request;
    }

    /** Lanes with something to send that is only a question of time, and has time left. */
    private List<Lane> sendable(long now) {
        List<Lane> lanes = new ArrayList<>();
        each(lane -> {
            if (!lane.onItsWay() && lane.unjudged() == null && hasTime(lane, now) && !isHeld(lane)) {
                lanes.add(lane);
            }
        });
        return lanes;
    }

    private boolean isHeld(Lane lane) {
        if (lane == unplaced) {
            return true;
        }
        return !draining.contains(lane)
                && draining.stream().anyMatch(closed -> closed.shard().overlaps(lane.shard()));
    }

    /** Nanoseconds until the shard should be able to take the lane's next record; not positive if now. */
    private static long untilAllowed(Lane lane, long now) {
        OutgoingRecord record = lane.record();
        long bytes = record != null
                ? record.sizeBytes()
                : Math.max(lane.oldest().recordBytes(), Math.min(lane.queuedBytes(), FULL_BYTES));
        return Math.max(lane.pauseLeft(now), lane.pace().untilRoomFor(bytes, now));
    }

    /** Nanoseconds until what there is should not wait for more. */
    private long untilWorth(Lane lane, long now) {
        return lane.record() != null || lane.queuedBytes() >= FULL_BYTES
                ? 0
                : settings.lingersUntil(lane.oldest()) - now;
    }

    @Override
    public long untilSend(long now, long most) {
        long wait = most;
        for (Lane lane : sendable(now)) {
            wait = Math.min(wait, Math.max(untilAllowed(lane, now), untilWorth(lane, now)));
        }
        return wait;
    }

    @Override
    public long untilChange(long now, long most) {
        long wait = most;
        for (Lane lane : all()) {
            if (!lane.onItsWay()) {
                long deadline = Math.max(settings.deadline(lane.oldest()) - now, expiresAt - now);
                wait = Math.min(wait, deadline);
            }
        }
        return wait;
    }

    @Override
    public int closed() {
        return draining.size();
    }

    @Override
    public List<Lane> all() {
        List<Lane> lanes = new ArrayList<>();
        each(lane -> {
            if (!lane.isEmpty()) {
                lanes.add(lane);
            }
        });
        return lanes;
    }

    private void each(Consumer<Lane> consumer) {
        consumer.accept(unplaced);
        draining.forEach(consumer);
        open.forEach(consumer);
    }
}
