package dev.clickstream.consumer;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.ShardRecordProcessor;

/** KCL's callbacks, passed on to a {@link ShardPipeline}. KCL calls them one at a time. */
final class KclProcessor implements ShardRecordProcessor {
    private final KclPipelines pipelines;
    private final KclCheckpoints checkpoints = new KclCheckpoints();
    private @Nullable ShardPipeline pipeline;
    private @Nullable KclRecords records;
    private String shardId = "";

    KclProcessor(KclPipelines pipelines) {
        this.pipelines = pipelines;
    }

    /** KCL calls it again when it throws. */
    @Override
    public void initialize(InitializationInput input) {
        shardId = input.shardId();
        try {
            open(input);
        } catch (RuntimeException e) {
            pipelines.cannotOpen(shardId, e);
            throw e;
        }
    }

    private void open(InitializationInput input) {
        BatchState pending = null;
        if (input.pendingCheckpointSequenceNumber() != null) {
            byte[] state = Objects.requireNonNullElse(input.pendingCheckpointState(), new byte[0]);
            pending = BatchState.fromBytes(state);
        }
        records = new KclRecords(shardId, pipelines.rangeOf(shardId));
        pipeline = pipelines.open(shardId, checkpoints, pending);
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
        try {
            checkpoints.use(input.checkpointer());
            Long behind = input.millisBehindLatest();
            ShardPipeline.Reach reach =
                    behind != null && behind == 0 ? ShardPipeline.Reach.CAUGHT_UP : ShardPipeline.Reach.MORE;
            ShardPipeline current = current();
            if (behind != null && !current.isOver()) {
                pipelines.behind(current, behind);
            }
            current.offer(Objects.requireNonNull(records).of(input.records()), reach);
            KclTaskGuard.recordsHandedOver();
            if (current.isOver()) {
                pipelines.stillCalled(current);
            }
        } catch (Throwable e) {
            pipelines.broken(shardId, current(), e);
        }
    }

    @Override
    public void leaseLost(LeaseLostInput input) {
        close();
    }

    /** KCL calls it again when it throws, or when the end is not committed. */
    @Override
    public void shardEnded(ShardEndedInput input) {
        checkpoints.use(input.checkpointer());
        if (!current().finish()) {
            pipelines.stillCalled(current());
            throw new IllegalStateException("The end of " + shardId + " is not committed: the processor has ended");
        }
        close();
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
        checkpoints.use(input.checkpointer());
        current().stop();
    }

    private void close() {
        if (pipeline != null) {
            pipelines.close(pipeline);
        }
    }

    private ShardPipeline current() {
        return Objects.requireNonNull(pipeline, "KCL initializes a processor first");
    }
}
