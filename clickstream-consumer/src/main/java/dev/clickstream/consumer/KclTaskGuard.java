package dev.clickstream.consumer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.kinesis.lifecycle.TaskExecutionListener;
import software.amazon.kinesis.lifecycle.TaskOutcome;
import software.amazon.kinesis.lifecycle.TaskType;
import software.amazon.kinesis.lifecycle.events.TaskExecutionListenerInput;

/**
 * Sees when KCL skips records: when a task that processes them fails, begins and never ends, or takes records apart and
 * hands none over. KCL goes on with the next ones then. Thread-safe; never throws.
 *
 * <p>A task runs on one thread from before to after, so what happened within it is kept by thread.
 */
final class KclTaskGuard implements TaskExecutionListener {
    private static final ThreadLocal<Boolean> UNSEEN = ThreadLocal.withInitial(() -> false);

    private final TaskExecutionListener users;
    private final Consumer<String> skipped;
    private final Set<String> processing = ConcurrentHashMap.newKeySet();

    /**
     * A guard.
     *
     * @param users who listens too
     * @param skipped is told the shard of which records were skipped
     */
    KclTaskGuard(TaskExecutionListener users, Consumer<String> skipped) {
        this.users = users;
        this.skipped = skipped;
    }

    /** KCL has taken records apart, on this thread, to hand them over. */
    static void recordsTaken() {
        UNSEEN.set(true);
    }

    /** The processor has them. */
    static void recordsHandedOver() {
        UNSEEN.set(false);
    }

    @Override
    public void beforeTaskExecution(TaskExecutionListenerInput input) {
        boolean unfinished = processing.contains(key(input));
        if (input.taskType() == TaskType.PROCESS) {
            UNSEEN.set(false);
            processing.add(key(input));
        }
        if (unfinished) {
            skipped.accept(input.shardInfo().shardId());
        }
        quietly(() -> users.beforeTaskExecution(input));
    }

    @Override
    public void afterTaskExecution(TaskExecutionListenerInput input) {
        if (input.taskType() == TaskType.PROCESS) {
            processing.remove(key(input));
            if (input.taskOutcome() == TaskOutcome.FAILURE || UNSEEN.get()) {
                UNSEEN.set(false);
                skipped.accept(input.shardInfo().shardId());
            }
        } else if (input.taskType() == TaskType.SHUTDOWN) {
            processing.remove(key(input));
        }
        quietly(() -> users.afterTaskExecution(input));
    }

    private static String key(TaskExecutionListenerInput input) {
        return input.shardInfo().shardId() + " " + input.shardInfo().concurrencyToken();
    }

    private static void quietly(Runnable users) {
        try {
            users.run();
        } catch (RuntimeException e) {
            // KCL would take it for a failure of the task, and skip the records.
        }
    }
}
