package dev.clickstream.delivery;

/** A setting is wrong; the message says which, where, and what is allowed, in one line. */
final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigurationException(String message) {
        super(message);
    }

    /** What went wrong with settings, in one line. */
    static String line(RuntimeException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines().findFirst().orElse("");
    }
}
