package dev.clickstream.consumer;

/** A checkpoint could not be written, or its answer was lost; it may work later. */
final class CheckpointFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    CheckpointFailedException(Throwable cause) {
        super(cause);
    }
}
