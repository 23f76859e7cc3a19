package dev.clickstream.smoke;

import dev.clickstream.consumer.KclCustomizer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The pipeline once: made, used, checked, removed; removed also after a failure. Tells each step to {@code out}.
 *
 * <p>Nothing that was there before is touched: if anything bears one of the names, nothing is made.
 */
final class SmokeRun {
    private final Aws aws;
    private final Options options;
    private final KclCustomizer kcl;
    private final Duration deliveryTimeout;
    private final Consumer<String> out;

    /** What is made bears this. */
    private final String owner = UUID.randomUUID().toString();

    /**
     * A run.
     *
     * @param aws the account
     * @param kcl other settings for KCL than its own
     * @param deliveryTimeout how long the worker may take; KCL alone wants a minute and a half to begin
     * @param out takes lines
     */
    SmokeRun(Aws aws, Options options, KclCustomizer kcl, Duration deliveryTimeout, Consumer<String> out) {
        this.aws = aws;
        this.options = options;
        this.kcl = kcl;
        this.deliveryTimeout = deliveryTimeout;
        this.out = out;
    }

    /** Returns whether all was delivered as it should be, and nothing is left. */
    boolean run() {
        out.accept(
                CostEstimate.of(options.events(), Delivery.BUFFERING_INTERVAL).toString());
        try {
            List<String> present = new Account(aws, options.names()).present();
            if (!present.isEmpty()) {
                out.accept("There is something already under the name: " + String.join(", ", present)
                        + ". Nothing was created. If an earlier run left it, the action tear-down removes it.");
                return false;
            }
        } catch (RuntimeException e) {
            out.accept(failure(e) + ". Nothing was created.");
            return false;
        }
        return stepsAndTeardown();
    }

    private boolean stepsAndTeardown() {
        boolean good = false;
        try {
            Verdict verdict = steps();
            out.accept(verdict.toString());
            good = verdict.isGood();
        } catch (RuntimeException e) {
            out.accept(failure(e));
        } finally {
            good &= tearDown(owner::equals);
        }
        return good;
    }

    /** In one line: Maven is talking, too. */
    private static String failure(RuntimeException e) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return "FAILED: " + cause.getClass().getSimpleName() + ": " + message;
    }

    private Verdict steps() {
        Account account = new Account(aws, options.names());
        out.accept("Creating stream and bucket " + options.names().stream() + " in " + aws.region());
        account.createStream(CostEstimate.SHARDS, owner);
        account.createBucket(owner);
        out.accept("Sending " + options.events() + " events");
        Set<String> sent = new Traffic(aws, options.names()).send(options.events());
        out.accept("Delivering them; KCL takes a minute and a half to begin");
        new Delivery(aws, options.names(), kcl).deliver(sent.size(), owner, deliveryTimeout, out);
        Lake lake = new Lake(aws.s3(), options.names().bucket());
        return Verdict.of(sent, lake.rows(), lake.errorObjects());
    }

    /** Removes what an earlier run has left, whichever; returns whether nothing is left. */
    boolean tearDown() {
        return tearDown(anyRun -> true);
    }

    private boolean tearDown(Predicate<String> ours) {
        out.accept("Removing what was created");
        // On a thread that nobody interrupts: the SDK would refuse each call that follows. And join waits all the same.
        List<Leftover> left = CompletableFuture.supplyAsync(
                        () -> new Teardown(aws, options.names(), ours).run(),
                        task -> new Thread(task, "removal").start())
                .join();
        left.forEach(one -> out.accept(one.toString()));
        if (left.isEmpty()) {
            out.accept("Nothing is left");
        }
        return left.isEmpty();
    }
}
