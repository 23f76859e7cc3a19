package dev.clickstream.consumer;

import java.util.List;

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
     * The transform that changes nothing: each record is a row.
     *
     * @return always the same one
     */
    static Transform passThrough() {
        return PassThrough.INSTANCE;
    }
}
