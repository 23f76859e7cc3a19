package dev.clickstream.consumer;

/** The two phases of a checkpoint of one shard, as one processor instance holds it. Called under its pipeline's lock. */
interface Checkpoints {
    /**
     * Writes the pending checkpoint, or the same one again: a lost lease shows.
     *
     * @throws LeaseLostException when somebody else holds the shard now
     * @throws CheckpointFailedException when it may work later
     */
    void prepare(BatchState state) throws LeaseLostException, CheckpointFailedException;

    /**
     * Commits up to here, and clears what was pending.
     *
     * @throws LeaseLostException when somebody else holds the shard now
     * @throws CheckpointFailedException when it may work later
     */
    void commit(Position upTo) throws LeaseLostException, CheckpointFailedException;

    /**
     * Commits all of a closed shard, so that its children start.
     *
     * @throws LeaseLostException when somebody else holds the shard now
     * @throws CheckpointFailedException when it may work later
     */
    void commitShardEnd() throws LeaseLostException, CheckpointFailedException;
}
