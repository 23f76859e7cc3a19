package dev.clickstream.local.kinesis;

/** An error as a caller of the API sees it: AWS's code, a message, an HTTP status. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;
    private final int status;

    private ApiException(String code, String message, int status) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
    }

    static ApiException of(String code, String message) {
        return new ApiException(code, message, 400);
    }

    static ApiException invalidArgument(String message) {
        return of("InvalidArgumentException", message);
    }

    static ApiException resourceNotFound(String message) {
        return of("ResourceNotFoundException", message);
    }

    static ApiException resourceInUse(String message) {
        return of("ResourceInUseException", message);
    }

    static ApiException serialization(String message) {
        return of("SerializationException", message);
    }

    static ApiException unknownOperation(String message) {
        return of("UnknownOperationException", message);
    }

    static ApiException internalFailure(String message) {
        return new ApiException("InternalFailure", message, 500);
    }

    static ApiException unavailable(String message) {
        return new ApiException("ServiceUnavailable", message, 503);
    }

    /** As Firehose answers over its limits. */
    static ApiException slowDown() {
        return new ApiException("ServiceUnavailableException", "Slow down.", 500);
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }

    String text() {
        String message = getMessage();
        return message == null ? code : message;
    }
}
