package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.lifecycle.NoOpTaskExecutionListener;
import software.amazon.kinesis.lifecycle.TaskExecutionListener;
import software.amazon.kinesis.lifecycle.TaskOutcome;
import software.amazon.kinesis.lifecycle.TaskType;
import software.amazon.kinesis.lifecycle.events.TaskExecutionListenerInput;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

class KclTaskGuardTest {
    private final List<String> skipped = new ArrayList<>();
    private final KclTaskGuard guard = new KclTaskGuard(new NoOpTaskExecutionListener(), skipped::add);

    private static TaskExecutionListenerInput input(TaskType type, TaskOutcome outcome) {
        return TaskExecutionListenerInput.builder()
                .shardInfo(new ShardInfo("shard", "token", List.of(), ExtendedSequenceNumber.TRIM_HORIZON))
                .taskType(type)
                .taskOutcome(outcome)
                .build();
    }

    private void before(TaskType type) {
        guard.beforeTaskExecution(input(type, null));
    }

    private void after(TaskType type, TaskOutcome outcome) {
        guard.afterTaskExecution(input(type, outcome));
    }

    @Test
    void recordsHandedOver_areFine() {
        before(TaskType.PROCESS);
        KclTaskGuard.recordsTaken();
        KclTaskGuard.recordsHandedOver();
        after(TaskType.PROCESS, TaskOutcome.SUCCESSFUL);
        before(TaskType.SHUTDOWN);
        after(TaskType.SHUTDOWN, TaskOutcome.SUCCESSFUL);

        assertThat(skipped).isEmpty();
    }

    @Test
    void failedTask_isSeen() {
        before(TaskType.PROCESS);
        after(TaskType.PROCESS, TaskOutcome.FAILURE);

        assertThat(skipped).containsExactly("shard");
    }

    @Test
    void recordsTakenAndNotHandedOver_areSeen_alsoAtTheShardsEnd() {
        before(TaskType.PROCESS);
        KclTaskGuard.recordsTaken();
        after(TaskType.PROCESS, TaskOutcome.END_OF_SHARD);

        assertThat(skipped).containsExactly("shard");
    }

    @Test
    void taskThatNeverEnds_isSeenByTheNext() {
        before(TaskType.PROCESS);
        assertThat(skipped).isEmpty();
        before(TaskType.SHUTDOWN);

        assertThat(skipped).containsExactly("shard");
    }

    @Test
    void waitingForParents_isNoFailure() {
        before(TaskType.BLOCK_ON_PARENT_SHARDS);
        after(TaskType.BLOCK_ON_PARENT_SHARDS, TaskOutcome.FAILURE);

        assertThat(skipped).isEmpty();
    }

    @Test
    void usersListener_thatThrows_doesNoHarm() {
        TaskExecutionListener throwing = new TaskExecutionListener() {
            @Override
            public void beforeTaskExecution(TaskExecutionListenerInput input) {
                throw new IllegalStateException();
            }

            @Override
            public void afterTaskExecution(TaskExecutionListenerInput input) {
                throw new IllegalStateException();
            }
        };
        KclTaskGuard other = new KclTaskGuard(throwing, skipped::add);
        other.beforeTaskExecution(input(TaskType.PROCESS, null));
        other.afterTaskExecution(input(TaskType.PROCESS, TaskOutcome.SUCCESSFUL));

        assertThat(skipped).isEmpty();
    }
}
