package dev.clickstream.producer;

import dev.clickstream.producer.Transport.Failure;
import dev.clickstream.producer.Transport.RequestFailedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** What an AWS service's error says about what was to be written. */
final class AwsAnswers {

    /** A retry of the SDK's own would send records behind our back, maybe after what came later. */
    static final SdkPlugin NO_RETRIES =
            client -> client.overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()));

    /** Answers that say that nothing was written, and that it may be different soon. */
    private static final Set<String> THROTTLED = Set.of(
            "ProvisionedThroughputExceededException",
            "LimitExceededException",
            "ThrottlingException",
            "KMSThrottlingException",
            "RequestLimitExceeded",
            "ExpiredTokenException",
            "RequestExpired",
            "RequestTimeTooSkewed",
            // Of Firehose: "throughput limits for the Firehose stream may have been exceeded".
            "ServiceUnavailableException");

    private AwsAnswers() {}

    /** Of one entry. InternalFailure does not say whether the record got in. */
    static Failure failure(String code) {
        return THROTTLED.contains(code) ? Failure.THROTTLED : Failure.UNKNOWN;
    }

    /** Of a whole request. */
    static RequestFailedException failure(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof AwsServiceException e) {
            String code =
                    e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
            return new RequestFailedException(failure(code, e.statusCode()), code == null ? "none" : code, e);
        }
        Failure failure = neverConnected(cause) ? Failure.UNREACHABLE : Failure.UNKNOWN;
        return new RequestFailedException(failure, cause.getClass().getSimpleName(), cause);
    }

    private static Failure failure(@Nullable String code, int status) {
        if (code != null && THROTTLED.contains(code)) {
            return Failure.THROTTLED;
        }
        return status >= 400 && status < 500 ? Failure.REJECTED : Failure.UNKNOWN;
    }

    private static boolean neverConnected(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof ConnectException || t instanceof UnknownHostException) {
                return true;
            }
            if (t instanceof IOException && t.getCause() == null) {
                return false;
            }
        }
        return false;
    }
}
