package dev.clickstream.storefront;

import dev.clickstream.local.aws.FaultyProxy;
import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.kinesis.Fault;
import dev.clickstream.storefront.edge.LogDelivery;
import dev.clickstream.storefront.visitors.Visitors;
import java.nio.charset.StandardCharsets;

/**
 * What can be switched on from the page: visitors, and what goes wrong.
 *
 * @param aws whose stream throttles
 * @param s3 which goes down
 * @param workers which stop and freeze
 * @param stream which is split
 * @param delivery of the edge, which is handed a broken record
 * @param visitors who come
 */
record ServeSwitches(
        LocalAws aws,
        FaultyProxy s3,
        FreezableWorkers workers,
        Resharding stream,
        LogDelivery delivery,
        Visitors visitors) {

    private static final int MOST_SHARDS = 16;
    private static final byte[] BROKEN_LINE = "1764061200.000\t127.0.0.1\t200\n".getBytes(StandardCharsets.US_ASCII);

    void addTo(Switchboard switchboard) {
        switchboard.state(
                "visitors",
                "Simulated visitors",
                "Six visitors look, search, buy and sign up, through the shop's own door.",
                visitors::come);
        addOfTheStream(switchboard);
        addOfTheWorker(switchboard);
    }

    private void addOfTheStream(Switchboard switchboard) {
        switchboard
                .state(
                        "throttle",
                        "Throttle the stream",
                        "Kinesis refuses four of five records; edge and backend send them again.",
                        this::throttle)
                .once(
                        "split",
                        "Split a shard",
                        "The widest shard becomes two; the backend opens new lanes, the worker follows.",
                        () -> stream.splitWidest(MOST_SHARDS))
                .once(
                        "broken_record",
                        "Send a broken record",
                        "A log record arrives cut short; it goes to errors/ with its reason and its bytes.",
                        () -> delivery.offer(BROKEN_LINE));
    }

    private void addOfTheWorker(Switchboard switchboard) {
        switchboard
                .state(
                        "stop_worker",
                        "Stop the worker",
                        "Nothing is delivered; clicks wait in the stream until it starts again.",
                        on -> run(on, workers::stop, workers::start))
                .state(
                        "freeze_worker",
                        "Freeze the worker",
                        "No byte passes between it and AWS; another takes its leases, then it wakes in mid-work.",
                        on -> run(on, workers::freeze, workers::thaw))
                .state(
                        "s3_down",
                        "Take S3 down",
                        "Every call to S3 is answered 503; the worker keeps its batch and tries again.",
                        on -> s3.faults(1, on ? 1 : 0, FaultyProxy.Fault.UNAVAILABLE));
    }

    private static void run(boolean on, Runnable ifOn, Runnable ifOff) {
        (on ? ifOn : ifOff).run();
    }

    private void throttle(boolean on) {
        Fault[] faults = on ? new Fault[] {Fault.throttling().on("PutRecords").share(0.8)} : new Fault[0];
        aws.kinesis().faults(1, faults);
    }
}
