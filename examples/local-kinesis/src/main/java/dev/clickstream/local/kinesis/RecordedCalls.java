package dev.clickstream.local.kinesis;

/**
 * What was called of one action on one resource since the endpoint started, refused and faulted calls included: what a
 * permission policy must allow, and how large the requests were.
 *
 * @param action as policies name it, such as {@code kinesis:PutRecords}
 * @param resource the stream's or delivery stream's name; empty for actions that name none
 * @param calls how many
 * @param records how many records they brought
 * @param bytes of their bodies, as sent
 * @param largestBytes of one body
 */
public record RecordedCalls(String action, String resource, long calls, long records, long bytes, long largestBytes) {

    RecordedCalls plus(Call call) {
        return new RecordedCalls(
                action,
                resource,
                calls + 1,
                records + call.records(),
                bytes + call.bytes(),
                Math.max(largestBytes, call.bytes()));
    }
}
