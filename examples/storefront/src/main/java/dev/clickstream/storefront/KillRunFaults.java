package dev.clickstream.storefront;

import dev.clickstream.local.aws.FaultyProxy;
import dev.clickstream.local.kinesis.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The faults that a {@link KillRun} can have its Kinesis make, by the names of local-kinesis' control path; its lease table
 * ({@code table_}) and its S3 ({@code objects_}) are made to fail by proxies in front of them.
 */
final class KillRunFaults {

    static final String NONE = "none";

    /** After this nothing that was delayed is still to come. */
    static final Duration LATEST = Duration.ofMillis(400);

    private static final String[] DATA = {"PutRecords", "GetRecords", "GetShardIterator", "ListShards"};
    private static final Map<String, Fault> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("latency", Fault.latency(Duration.ofMillis(200)).on(DATA).probability(0.3));
        BY_NAME.put("throttling", Fault.throttling().on(DATA).probability(0.3).share(0.4));
        BY_NAME.put(
                "internal_failure",
                Fault.internalFailure().on(DATA).probability(0.3).share(0.4));
        BY_NAME.put("unavailable", Fault.unavailable().on(DATA).probability(0.2));
        BY_NAME.put("connection_reset", Fault.connectionReset().on(DATA).probability(0.05));
        BY_NAME.put("lost_answer", Fault.lostAnswer().on(DATA).probability(0.1));
        BY_NAME.put("late_request", Fault.lateRequest(LATEST).on("PutRecords").probability(0.1));
        BY_NAME.put("split", Fault.split().on("PutRecords").calls(60, 62));
        BY_NAME.put("empty_read", Fault.emptyRead().probability(0.4));
        BY_NAME.put("short_read", Fault.shortRead(5).probability(0.6));
        BY_NAME.put("repeated_read", Fault.repeatedRead(30));
    }

    private static final String TABLE = "table_";
    private static final String OBJECTS = "objects_";
    private static final double SHARE_OF_TABLE = 0.15;

    /** More, as there are few calls: one for an object. */
    private static final double SHARE_OF_OBJECTS = 0.35;

    private KillRunFaults() {}

    private static List<String> ofProxies(String service) {
        return Arrays.stream(FaultyProxy.Fault.values())
                .map(fault -> service + fault.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Makes the lease table's or S3's proxy fail, if that is what is wanted. */
    static void apply(String name, long seed, FaultyProxy table, FaultyProxy objects) {
        for (FaultyProxy.Fault fault : FaultyProxy.Fault.values()) {
            String kind = fault.name().toLowerCase(Locale.ROOT);
            if (name.equals(TABLE + kind)) {
                table.faults(seed, SHARE_OF_TABLE, fault);
            } else if (name.equals(OBJECTS + kind)) {
                objects.faults(seed, SHARE_OF_OBJECTS, fault);
            }
        }
    }

    /** Of every fault, without {@link #NONE}. */
    static List<String> names() {
        List<String> names = new ArrayList<>(BY_NAME.keySet());
        names.addAll(ofProxies(TABLE));
        names.addAll(ofProxies(OBJECTS));
        return names;
    }

    /** None or one of Kinesis. */
    static Fault[] named(String name) {
        if (name.equals(NONE)
                || ofProxies(TABLE).contains(name)
                || ofProxies(OBJECTS).contains(name)) {
            return new Fault[0];
        }
        Fault fault = BY_NAME.get(name);
        if (fault == null) {
            throw new IllegalArgumentException(
                    "a fault is drawn, " + NONE + ", each, or one of " + String.join(", ", names()) + "; was " + name);
        }
        return new Fault[] {fault};
    }
}
