package dev.clickstream.local.kinesis;

import org.jspecify.annotations.Nullable;

/** Finds the stream that a request names, by StreamName or StreamARN. */
final class StreamNames {

    private static final String ARN_MARK = ":stream/";

    private StreamNames() {}

    /** The name, checked; fails if there is none, or if name and ARN differ. */
    static String of(Fields request) {
        String name = request.string("StreamName");
        String fromArn = fromArn(request.string("StreamARN"));
        new Constraints().name(name, "streamName").check();
        if (name == null) {
            if (fromArn == null) {
                throw ApiException.invalidArgument("Either StreamName or StreamARN should be provided.");
            }
            return fromArn;
        }
        if (fromArn != null && !name.equals(fromArn)) {
            throw ApiException.invalidArgument("StreamName and StreamARN name different streams.");
        }
        return name;
    }

    private static @Nullable String fromArn(@Nullable String arn) {
        if (arn == null) {
            return null;
        }
        int mark = arn.indexOf(ARN_MARK);
        if (!arn.startsWith("arn:") || mark < 0) {
            throw ApiException.of(
                    "ValidationException",
                    "1 validation error detected: Value '" + arn + "' at 'streamARN' failed to satisfy constraint: "
                            + "Member must satisfy regular expression pattern: arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+");
        }
        return arn.substring(mark + ARN_MARK.length());
    }
}
