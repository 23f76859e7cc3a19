package dev.clickstream.delivery;

import dev.clickstream.consumer.s3.PrefixExpression;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a batch that S3 goes on to refuse. Immutable.
 *
 * @param policy which of them
 * @param after how long it has been refused
 * @param deadLetterBucket where it goes then; null unless it does
 * @param deadLetterPrefix of its rows there
 */
record Refusals(Policy policy, Duration after, @Nullable String deadLetterBucket, String deadLetterPrefix) {
    /** As the library's {@code FailurePolicy}. */
    enum Policy {
        RETRY,
        HALT,
        DEAD_LETTER
    }

    static Refusals of(ConfigurationFile file) {
        Policy policy = file.choice("failure_policy", Policy.class, Policy.RETRY);
        Duration after = Duration.ofSeconds(file.number("failure_after_seconds", 0, 366 * 24 * 60 * 60, 60 * 60));
        String bucket = file.text("dead_letter_bucket");
        String prefix = file.text("dead_letter_prefix", "");
        Object unused = file.made("dead_letter_prefix", prefix, PrefixExpression::parse);
        if (policy == Policy.RETRY) {
            file.requireUnset("it needs failure_policy HALT or DEAD_LETTER", "failure_after_seconds");
        }
        if (policy != Policy.DEAD_LETTER) {
            file.requireUnset("it needs failure_policy DEAD_LETTER", "dead_letter_bucket", "dead_letter_prefix");
        } else if (bucket == null) {
            throw file.wrong("dead_letter_bucket", "it is required, as failure_policy is DEAD_LETTER");
        }
        return new Refusals(policy, after, bucket, prefix);
    }
}
