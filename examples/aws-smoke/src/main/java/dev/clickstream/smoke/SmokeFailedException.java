package dev.clickstream.smoke;

/** A step did not do what it should; the message says what, in one line. */
final class SmokeFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SmokeFailedException(String message) {
        super(message);
    }

    SmokeFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
