package dev.clickstream.consumer;

import org.jspecify.annotations.Nullable;

/**
 * What a batch leaves behind that its state cannot hold, such as the objects that it is going to write. It lies where
 * the objects lie, under a name made of its content, and is written before the checkpoint is first prepared.
 */
@FunctionalInterface
interface Manifest {
    /** There is nothing to remember: where rows go follows from the batch alone. */
    Manifest NONE = batch -> null;

    /**
     * Writes down what a crash must find again of a batch. Tried again when it throws.
     *
     * @return its name, or null when there is nothing to remember
     */
    @Nullable
    String write(Batch batch) throws Exception;
}
