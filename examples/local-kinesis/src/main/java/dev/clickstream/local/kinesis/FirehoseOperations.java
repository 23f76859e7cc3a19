package dev.clickstream.local.kinesis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Firehose's PutRecord, PutRecordBatch and DescribeDeliveryStream. */
final class FirehoseOperations {

    private static final int MAX_ENTRIES = 500;
    private static final int MAX_RECORD_BYTES = 1_024_000;
    private static final int MAX_REQUEST_BYTES = 4 * 1_048_576;
    private static final int MAX_NAME = 64;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");

    private final Map<String, DeliveryStream> streams;
    private final Faults faults;

    FirehoseOperations(Map<String, DeliveryStream> streams, Faults faults) {
        this.streams = streams;
        this.faults = faults;
    }

    Answer putRecord(Fields request) {
        String name = name(request);
        Fields record = request.structure("Record");
        Constraints constraints = new Constraints().notNull(record, "record");
        byte[] data = record == null ? null : constrained(constraints, record, "record.");
        constraints.check();
        DeliveryStream stream = stream(name);
        long number = data == null ? 0 : stream.put(data);
        if (number == 0) {
            throw ApiException.slowDown();
        }
        return out -> {
            out.field("RecordId", recordId(number));
            out.flag("Encrypted", false);
        };
    }

    /** One entry's end: its number, or why it has none. */
    private record Put(long number, Fault.@Nullable Kind fault) {}

    Answer putRecordBatch(Fields request) {
        String name = name(request);
        List<byte[]> batch = batch(request.structures("Records"));
        DeliveryStream stream = stream(name);
        EntryFaults failing = faults.ofEntries("PutRecordBatch", name);
        List<Put> puts = new ArrayList<>(batch.size());
        for (byte[] data : batch) {
            Fault.Kind fault = failing.of(puts.size(), null);
            puts.add(new Put(fault == null ? stream.put(data) : 0, fault));
        }
        return out -> {
            out.field(
                    "FailedPutCount",
                    puts.stream().filter(put -> put.number == 0).count());
            out.flag("Encrypted", false);
            out.structures("RequestResponses", puts, put -> write(out, put));
        };
    }

    private static List<byte[]> batch(@Nullable List<Fields> records) {
        Constraints constraints = new Constraints().notNull(records, "records");
        List<Fields> members = records == null ? List.of() : records;
        if (records != null) {
            constraints.length(members.size(), "of " + members.size() + " members", "records", 1, MAX_ENTRIES);
        }
        List<byte[]> batch = new ArrayList<>(members.size());
        long size = 0;
        for (int i = 0; i < members.size(); i++) {
            byte[] data = constrained(constraints, members.get(i), "records." + (i + 1) + ".member.");
            if (data != null) {
                batch.add(data);
                size += data.length;
            }
        }
        constraints.check();
        if (size > MAX_REQUEST_BYTES) {
            throw ApiException.invalidArgument("Records size exceeds 4 MB limit");
        }
        return batch;
    }

    private static byte @Nullable [] constrained(Constraints constraints, Fields record, String path) {
        byte[] data = record.blob("Data");
        constraints.notNull(data, path + "data");
        if (data != null) {
            constraints.length(data.length, "of " + data.length + " bytes", path + "data", 0, MAX_RECORD_BYTES);
        }
        return data;
    }

    private static void write(AnswerWriter out, Put put) throws IOException {
        if (put.number > 0) {
            out.field("RecordId", recordId(put.number));
        } else if (put.fault == Fault.Kind.INTERNAL_FAILURE) {
            out.field("ErrorCode", "InternalFailure");
            out.field("ErrorMessage", "Internal service failure.");
        } else {
            out.field("ErrorCode", "ServiceUnavailableException");
            out.field("ErrorMessage", "Slow down.");
        }
    }

    private static String recordId(long number) {
        return "local-" + number;
    }

    Answer describeDeliveryStream(Fields request) {
        DeliveryStream stream = stream(name(request));
        return out -> out.structure("DeliveryStreamDescription", () -> {
            out.field("DeliveryStreamName", stream.name());
            out.field("DeliveryStreamARN", arn(stream.name()));
            out.field("DeliveryStreamStatus", "ACTIVE");
            out.field("DeliveryStreamType", "DirectPut");
            out.field("VersionId", "1");
            out.timestamp("CreateTimestamp", stream.createdAtMillis());
            out.structures("Destinations", List.<String>of(), destination -> {});
            out.flag("HasMoreDestinations", false);
        });
    }

    private static String arn(String name) {
        return "arn:aws:firehose:" + Account.REGION + ":" + Account.ID + ":deliverystream/" + name;
    }

    private static String name(Fields request) {
        String name = request.string("DeliveryStreamName");
        Constraints constraints =
                new Constraints().notNull(name, "deliveryStreamName").pattern(name, "deliveryStreamName", NAME);
        if (name != null) {
            constraints.length(name.length(), "'" + name + "'", "deliveryStreamName", 1, MAX_NAME);
        }
        constraints.check();
        return name == null ? "" : name;
    }

    private DeliveryStream stream(String name) {
        DeliveryStream stream = streams.get(name);
        if (stream == null) {
            throw ApiException.resourceNotFound("Firehose " + name + " under account " + Account.ID + " not found.");
        }
        return stream;
    }
}
