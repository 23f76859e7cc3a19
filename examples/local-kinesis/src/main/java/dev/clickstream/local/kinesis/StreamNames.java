package dev.clickstream.local.kinesis;

/** Finds the stream that a request names, by StreamName or StreamARN. */
final class StreamNames {

    private static final String ARN_MARK = ":stream/";

    private StreamNames() {}

    /** The name, checked; fails if there is none, or if name and ARN differ. */
    static String of(Fields request) {
        String name = request.string("StreamName");
        String arn = request.string("StreamARN");
        String fromArn = arn == null ? null : fromArn(arn);
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

    /** The stream's name in its own ARN or a consumer's. */
    static String fromArn(String arn) {
        int mark = arn.indexOf(ARN_MARK);
        if (!arn.startsWith("arn:") || mark < 0) {
            throw ApiException.of(
                    "ValidationException",
                    "1 validation error detected: Value '" + arn + "' at 'streamARN' failed to satisfy constraint: "
                            + "Member must satisfy regular expression pattern: arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+");
        }
        String name = arn.substring(mark + ARN_MARK.length());
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }
}
