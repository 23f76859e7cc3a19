package dev.clickstream.local.kinesis.conformance;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

/** An error of the API as its caller sees it. */
record Refusal(String code, String message) {

    /** The refusal that a call ends in; fails if it does not end in one. */
    static Refusal of(ThrowingCallable call) {
        KinesisException refused = catchThrowableOfType(KinesisException.class, call);
        if (refused == null) {
            throw new AssertionError("was not refused");
        }
        AwsErrorDetails details = refused.awsErrorDetails();
        return new Refusal(details.errorCode(), details.errorMessage());
    }

    static String codeOf(ThrowingCallable call) {
        return of(call).code();
    }
}
