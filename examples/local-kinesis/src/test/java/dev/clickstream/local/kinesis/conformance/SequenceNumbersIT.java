package dev.clickstream.local.kinesis.conformance;

import static dev.clickstream.local.kinesis.conformance.TestStream.MIDDLE;
import static dev.clickstream.local.kinesis.conformance.TestStream.shardId;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.SequenceNumberRange;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** The shape of sequence numbers and their order. */
class SequenceNumbersIT {

    @RegisterExtension
    static final Conformance conformance = new Conformance();

    private static BigInteger starting(Shard shard) {
        return new BigInteger(shard.sequenceNumberRange().startingSequenceNumber());
    }

    @Test
    void records_have56Digits_186Bits_andEndInTheirShardsIndexAndTwo() {
        TestStream stream = conformance.stream(3);
        for (String key : List.of("a", "b", "e")) {
            var put = stream.put(key, "x");
            BigInteger number = new BigInteger(put.sequenceNumber());
            String index = put.shardId().substring(put.shardId().length() - 1);
            assertThat(put.sequenceNumber()).hasSize(56);
            assertThat(number.bitLength()).isEqualTo(186);
            assertThat(number.toString(16)).endsWith("0000000" + index + "2");
        }
    }

    @Test
    void shards_startWithNumbersOfTheSameShape() {
        List<Shard> shards = conformance.stream(3).shards();
        for (int i = 0; i < shards.size(); i++) {
            assertThat(starting(shards.get(i)).toString()).hasSize(56);
            assertThat(starting(shards.get(i)).toString(16)).endsWith("0000000" + i + "2");
        }
    }

    /** As the real service was seen to: a shard's index is in its numbers twice. */
    @Test
    void neighbours_startAsFarApartAsAtAws() {
        List<Shard> shards = conformance.stream(3).shards();
        BigInteger distance = new BigInteger("22300745198530623141535718272648361505980432");
        assertThat(starting(shards.get(1)).subtract(starting(shards.get(0)))).isEqualTo(distance);
        assertThat(starting(shards.get(2)).subtract(starting(shards.get(1)))).isEqualTo(distance);
    }

    @Test
    void openShards_haveNoEndingNumber() {
        assertThat(conformance.stream(2).shards())
                .extracting(Shard::sequenceNumberRange)
                .extracting(SequenceNumberRange::endingSequenceNumber)
                .containsOnlyNulls();
    }

    @Test
    void records_ofOneShard_growFromItsStart() {
        TestStream stream = conformance.stream(1);
        BigInteger before = starting(stream.shards().get(0));
        for (int i = 0; i < 10; i++) {
            BigInteger number = new BigInteger(stream.put("k" + i, "x").sequenceNumber());
            assertThat(number).isGreaterThan(before);
            before = number;
        }
    }

    @Test
    void records_ofOneRequest_haveNumbersOfTheirOwn_andAreReadInTheirOrder() {
        TestStream stream = conformance.stream(1);
        List<String> put = stream.putAll(Collections.nCopies(50, TestStream.entry("k", "x"))).records().stream()
                .map(PutRecordsResultEntry::sequenceNumber)
                .toList();
        assertThat(put).doesNotHaveDuplicates();
        assertThat(stream.read(stream.iterator(shardId(0), r -> r.shardIteratorType("TRIM_HORIZON")))
                        .records())
                .extracting(Record::sequenceNumber)
                .containsExactlyInAnyOrderElementsOf(put)
                .isSortedAccordingTo((a, b) -> new BigInteger(a).compareTo(new BigInteger(b)));
    }

    @Test
    void children_ofASplit_startAboveAllOfTheirParent() {
        TestStream stream = conformance.stream(1);
        BigInteger last = new BigInteger(stream.put("k", "x").sequenceNumber());
        stream.split(shardId(0), MIDDLE);
        assertThat(stream.shards().subList(1, 3))
                .allSatisfy(child -> assertThat(starting(child)).isGreaterThan(last));
        assertThat(new BigInteger(stream.put("k", "y").sequenceNumber())).isGreaterThan(last);
    }

    @Test
    void child_ofAMerge_startsAboveAllOfBothParents() {
        TestStream stream = conformance.stream(2);
        List<BigInteger> last = Stream.of("0", MIDDLE)
                .map(hashKey -> new BigInteger(stream.putAt(hashKey).sequenceNumber()))
                .toList();
        stream.merge(shardId(0), shardId(1));
        BigInteger child = starting(stream.shards().get(2));
        assertThat(last).allSatisfy(number -> assertThat(child).isGreaterThan(number));
    }

    @Test
    void closedShard_endsAboveItsRecords() {
        TestStream stream = conformance.stream(1);
        BigInteger last = new BigInteger(stream.put("k", "x").sequenceNumber());
        stream.split(shardId(0), MIDDLE);
        assertThat(ending(stream)).isGreaterThan(last);
    }

    @Test
    void closedShard_endsInItsIndexAndTwo() {
        TestStream stream = conformance.stream(1);
        stream.split(shardId(0), MIDDLE);
        assertThat(ending(stream).toString(16)).hasSize(47).endsWith("000000002");
    }

    @Test
    void closedShard_endsBelowItsChildren() {
        TestStream stream = conformance.stream(1);
        stream.split(shardId(0), MIDDLE);
        assertThat(stream.shards().subList(1, 3))
                .allSatisfy(child -> assertThat(starting(child)).isGreaterThan(ending(stream)));
    }

    private static BigInteger ending(TestStream stream) {
        return new BigInteger(stream.shards().get(0).sequenceNumberRange().endingSequenceNumber());
    }
}
