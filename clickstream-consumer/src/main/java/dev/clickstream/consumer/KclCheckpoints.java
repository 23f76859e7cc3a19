package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.KinesisClientLibDependencyException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.exceptions.ThrottlingException;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;

/**
 * Checkpoints in KCL's lease table. Always the forms with sequence and sub-sequence number: the one without arguments
 * commits what was handed over and not yet delivered, and stands at the shard's end only. A {@code PreparedCheckpointer}
 * does nothing but call the explicit form, so it is not kept.
 */
final class KclCheckpoints implements Checkpoints {
    private volatile @Nullable RecordProcessorCheckpointer kcl;

    /** KCL hands its checkpointer over with each call; it is always the same one. */
    void use(RecordProcessorCheckpointer checkpointer) {
        kcl = checkpointer;
    }

    @Override
    public void prepare(BatchState state) throws LeaseLostException, CheckpointFailedException {
        Position cut = state.cut();
        call(c -> c.prepareCheckpoint(cut.sequenceNumber(), cut.subSequenceNumber(), state.toBytes()));
    }

    @Override
    public void commit(Position upTo) throws LeaseLostException, CheckpointFailedException {
        call(c -> c.checkpoint(upTo.sequenceNumber(), upTo.subSequenceNumber()));
    }

    @Override
    public void commitShardEnd() throws LeaseLostException, CheckpointFailedException {
        call(RecordProcessorCheckpointer::checkpoint);
    }

    private void call(Call call) throws LeaseLostException, CheckpointFailedException {
        try {
            call.with(requireNonNull(kcl, "no checkpoint before the first call"));
        } catch (ShutdownException e) {
            throw new LeaseLostException(e);
        } catch (ThrottlingException | KinesisClientLibDependencyException | InvalidStateException e) {
            throw new CheckpointFailedException(e);
        }
    }

    /** A call of KCL's checkpointer. */
    @FunctionalInterface
    private interface Call {
        void with(RecordProcessorCheckpointer checkpointer)
                throws ShutdownException, ThrottlingException, KinesisClientLibDependencyException,
                        InvalidStateException;
    }
}
