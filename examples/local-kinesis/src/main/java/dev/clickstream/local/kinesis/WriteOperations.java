package dev.clickstream.local.kinesis;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** PutRecord and PutRecords. */
final class WriteOperations {

    private static final int MAX_ENTRIES = 500;
    private static final int MAX_RECORD_BYTES = 10 * 1_048_576;
    private static final int MAX_REQUEST_BYTES = 10 * 1_048_576;
    private static final int MAX_KEY_CHARACTERS = 256;
    private static final Pattern HASH_KEY = Pattern.compile("0|([1-9]\\d{0,38})");
    private static final Pattern SEQUENCE_NUMBER = Pattern.compile("0|([1-9]\\d{0,128})");

    private final Account account;
    private final Faults faults;

    WriteOperations(Account account, Faults faults) {
        this.account = account;
        this.faults = faults;
    }

    /** A record as the request has it, not checked yet. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Given(@Nullable String partitionKey, @Nullable String explicitHashKey, byte @Nullable [] data) {

        static Given of(Fields record) {
            return new Given(record.string("PartitionKey"), record.string("ExplicitHashKey"), record.blob("Data"));
        }
    }

    Answer putRecord(Fields request) {
        String streamName = StreamNames.of(request);
        Given given = Given.of(request);
        Constraints constraints = new Constraints();
        constraints.pattern(request.string("SequenceNumberForOrdering"), "sequenceNumberForOrdering", SEQUENCE_NUMBER);
        constrain(constraints, given, "");
        constraints.check();
        Stream stream = account.stream(streamName);
        PutEntry entry = entry(given, stream.maxRecordBytes());
        PutResult result = stream.put(entry);
        if (result instanceof PutResult.Stored stored) {
            return out -> writeStored(out, stored);
        }
        throw ApiException.of("ProvisionedThroughputExceededException", stream.rateExceeded(result.shard()));
    }

    Answer putRecords(Fields request) {
        String streamName = StreamNames.of(request);
        List<Given> givens = givens(request.structures("Records"));
        Stream stream = account.stream(streamName);
        List<PutEntry> entries = entries(givens, stream.maxRecordBytes());
        EntryFaults failing = faults.ofEntries("PutRecords", streamName);
        List<PutResult> results = new ArrayList<>(entries.size());
        for (PutEntry entry : entries) {
            PutResult fault = failing.isEmpty() ? null : fault(failing, results.size(), stream, entry);
            results.add(fault == null ? stream.put(entry) : fault);
        }
        return out -> writeResults(out, stream, results);
    }

    private static @Nullable PutResult fault(EntryFaults failing, int index, Stream stream, PutEntry entry) {
        Shard shard = stream.shards().openFor(entry.hashKey());
        Fault.Kind kind = failing.of(index, shard.id());
        if (kind == null) {
            return null;
        }
        return kind == Fault.Kind.THROTTLING ? new PutResult.Throttled(shard) : new PutResult.Failed(shard);
    }

    private static List<Given> givens(@Nullable List<Fields> records) {
        Constraints constraints = new Constraints().notNull(records, "records");
        List<Fields> members = records == null ? List.of() : records;
        if (records != null) {
            constraints.length(members.size(), "of " + members.size() + " members", "records", 1, MAX_ENTRIES);
        }
        List<Given> givens = members.stream().map(Given::of).toList();
        for (int i = 0; i < givens.size(); i++) {
            constrain(constraints, givens.get(i), "records." + (i + 1) + ".member.");
        }
        constraints.check();
        return givens;
    }

    private static List<PutEntry> entries(List<Given> givens, int maxRecordBytes) {
        List<PutEntry> entries =
                givens.stream().map(given -> entry(given, maxRecordBytes)).toList();
        long size = entries.stream().mapToLong(PutEntry::size).sum();
        if (size > MAX_REQUEST_BYTES) {
            throw ApiException.invalidArgument("Records size exceeds 10 MB limit");
        }
        return entries;
    }

    private static void constrain(Constraints constraints, Given given, String path) {
        String key = given.partitionKey();
        constraints.notNull(key, path + "partitionKey");
        if (key != null) {
            int length = key.codePointCount(0, key.length());
            constraints.length(length, "of " + length + " characters", path + "partitionKey", 1, MAX_KEY_CHARACTERS);
        }
        constraints.pattern(given.explicitHashKey(), path + "explicitHashKey", HASH_KEY);
        byte[] data = given.data();
        constraints.notNull(data, path + "data");
        if (data != null && data.length > MAX_RECORD_BYTES) {
            String shown = "'java.nio.HeapByteBuffer[pos=0 lim=" + data.length + " cap=" + data.length + "]'";
            constraints.length(data.length, shown, path + "data", 0, MAX_RECORD_BYTES);
        }
    }

    /** From a record that satisfies the constraints. */
    private static PutEntry entry(Given given, int maxRecordBytes) {
        String partitionKey = given.partitionKey();
        byte[] data = given.data();
        if (partitionKey == null || data == null) {
            throw new IllegalStateException("constraints come first");
        }
        byte[] key = partitionKey.getBytes(StandardCharsets.UTF_8);
        if (key.length + data.length > maxRecordBytes) {
            throw ApiException.invalidArgument("A record's data and partition key of " + (key.length + data.length)
                    + " bytes exceed the stream's maximum record size of " + maxRecordBytes + " bytes");
        }
        String explicit = given.explicitHashKey();
        HashKey hashKey = explicit == null ? HashKey.ofPartitionKey(key) : explicitHashKey(explicit);
        return new PutEntry(hashKey, key, data);
    }

    private static HashKey explicitHashKey(String decimal) {
        BigInteger number = new BigInteger(decimal);
        if (!HashKey.fits(number)) {
            throw ApiException.invalidArgument("Invalid ExplicitHashKey. ExplicitHashKey must be in the range: "
                    + "[0, 2^128-1]. Specified value was " + decimal);
        }
        return HashKey.of(number);
    }

    private static void writeResults(AnswerWriter out, Stream stream, List<PutResult> results) throws IOException {
        out.field(
                "FailedRecordCount",
                results.stream().filter(r -> !(r instanceof PutResult.Stored)).count());
        out.structures("Records", results, result -> {
            if (result instanceof PutResult.Stored stored) {
                writeStored(out, stored);
            } else if (result instanceof PutResult.Failed) {
                out.field("ErrorCode", "InternalFailure");
                out.field("ErrorMessage", "Internal service failure.");
            } else {
                out.field("ErrorCode", "ProvisionedThroughputExceededException");
                out.field("ErrorMessage", stream.rateExceeded(result.shard()));
            }
        });
    }

    private static void writeStored(AnswerWriter out, PutResult.Stored stored) throws IOException {
        out.field("SequenceNumber", stored.shard().sequenceNumbers().at(stored.position()));
        out.field("ShardId", stored.shard().id());
    }
}
