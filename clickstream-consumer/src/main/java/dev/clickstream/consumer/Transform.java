package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Predicate;

/**
 * Makes rows of a record. Shards are processed side by side, so it must be thread-safe.
 *
 * <p><b>It must be a pure function of the record</b>: after a crash the same records are transformed again, and must
 * give the same rows. Time is the record's {@link StreamRecord#arrival()}, never the wall clock; side effects belong in
 * a {@link Sink}.
 *
 * <p>An exception makes the record {@link Outcome.Failed} with the code {@value #EXCEPTION} and the name of the
 * exception's class: it goes to the error output with its bytes, and the shard goes on. No outcome at all, or null, is
 * {@value #NO_OUTCOME}. A transform that hangs halts its shard. An {@link Error} other than a stack overflow is not the
 * record's fault: the shard starts again from its last checkpoint.
 */
@FunctionalInterface
public interface Transform {
    /** The code of a record whose transform threw an exception. */
    String EXCEPTION = "Transform.Exception";

    /** The code of a record whose transform returned nothing. */
    String NO_OUTCOME = "Transform.NoOutcome";

    /**
     * Makes rows of a record.
     *
     * @param record the record, the bytes not to be changed
     * @return at least one outcome, in the order in which the rows shall stand in the output
     */
    List<Outcome> apply(StreamRecord record);

    /**
     * What decides the rows that it makes, as text. A worker that finds an unfinished batch of another configuration
     * waits {@link Sink#writeBound()} before it delivers it.
     *
     * @return the class's name, or that it is a lambda, unless overridden; no secrets
     */
    default String configuration() {
        return getClass().isHidden() ? "lambda" : getClass().getName();
    }

    /**
     * Hands what this one makes of a record to another: each {@link Outcome.Ok} is transformed again, as a record at the
     * same place with the row's bytes; what was dropped or failed stays so. Partition keys of both are kept, the later one's
     * where both name one. When the second fails on one of several rows, only that row's bytes go to the error output,
     * unless the failure says which; an exception of either makes the whole record failed.
     *
     * @param next what comes after this one
     * @return both in one
     */
    default Transform then(Transform next) {
        return new TransformChain(this, requireNonNull(next, "next"));
    }

    /**
     * The transform that leaves out what a test does not want, and changes nothing else.
     *
     * @param reason what dropped records are counted under; of a small set, and no data of a user
     * @param keep a pure function of the record, thread-safe; it tells the same after a restart
     * @return a new one
     */
    static Transform filter(String reason, Predicate<StreamRecord> keep) {
        return new RecordFilter(reason, keep);
    }

    /**
     * The transform that changes nothing: each record is a row.
     *
     * @return always the same one
     */
    static Transform passThrough() {
        return PassThrough.INSTANCE;
    }
}
