package dev.clickstream.local.kinesis.conformance;

import java.util.List;

/** Where kinesis-local 0.6.2 answers otherwise than the real service. */
final class KinesisLocalDifferences {

    private static final String KINESALITE = "kinesalite's tests, which also run against AWS";
    private static final String API = "AWS, Kinesis API Reference: ";
    private static final String NOT_REFUSED = "was not refused";

    static final List<Difference> KNOWN = List.of(
            differs(
                    "170141183460469231731687303715884105726",
                    "the first of two ranges ends one low: it divides 2^128-1, not 2^128, by the number of shards",
                    "AWS is right. Wherever the number of shards does not divide 2^128-1 (2, 4, 8 ...), keys at the"
                            + " edges go elsewhere.",
                    "amazon-kinesis-client and AWS's own example outputs: 2^127 begins the second half",
                    "RoutingIT.twoShards_meetInTheMiddle"),
            differs(
                    "to be greater than",
                    "EndingSequenceNumber of every closed shard is 2^63-1, of 19 digits",
                    "AWS is right: it has the shape of all numbers and lies above those of the shard's records.",
                    KINESALITE,
                    "SequenceNumbersIT.closedShard_endsAboveItsRecords"),
            differs(
                    "7fffffffffffffff",
                    "the same",
                    "AWS is right: the number ends in the shard's index and 2.",
                    KINESALITE,
                    "SequenceNumbersIT.closedShard_endsInItsIndexAndTwo"),
            differs(
                    "to be greater than",
                    "a merged shard starts with the StartingSequenceNumber of one of its parents",
                    "AWS is right: numbers grow from parent to child; who compares them reads in the wrong order.",
                    KINESALITE,
                    "SequenceNumbersIT.child_ofAMerge_startsAboveAllOfBothParents"),
            differs(
                    NOT_REFUSED,
                    "PutRecords takes any number of entries, none too",
                    "AWS is right: 1 to 500.",
                    API + "PutRecords",
                    "PutsIT.putRecords_of501Entries_isRefused",
                    "PutsIT.putRecords_ofNoEntries_isRefused"),
            differs(
                    NOT_REFUSED,
                    "PutRecords takes any size",
                    "AWS is right: 10 MiB, keys counted.",
                    API + "PutRecords",
                    "PutsIT.putRecords_ofOneByteMoreThanTenMebibytes_isRefused"),
            differs(
                    "not to be empty",
                    "no limit of what a shard takes a second",
                    "AWS is right: what is over fails, the rest is stored. Who tests only against kinesis-local never"
                            + " sees a partial failure.",
                    "AWS, Developer Guide: Quotas and limits",
                    "PutsIT.putRecords_overAShardsMebibyteASecond_failsInPart"),
            differs(
                    NOT_REFUSED,
                    "the same for PutRecord",
                    "AWS is right.",
                    "AWS, Developer Guide: Quotas and limits",
                    "PutsIT.putRecord_overAShardsMebibyteASecond_isRefused"),
            differs(
                    "but was: \"InvalidArgumentException\"",
                    "a field of the wrong length, range or pattern is an InvalidArgumentException",
                    "AWS is right: what breaks a constraint of the API's model is a ValidationException, found before"
                            + " any operation looks at it.",
                    KINESALITE,
                    "PutsIT.partitionKey_ofAnotherLength_isRefused",
                    "PutsIT.explicitHashKey_withZerosInFront_orASign_orTooManyDigits_isRefused",
                    "ReadsIT.limit_outOfRange_isRefused",
                    "IteratorErrorsIT.ofNoSequenceNumber_isRefused"),
            differs(
                    "but was: null",
                    "an answer of status 500 without a body",
                    "AWS is right: an error of its own type. A server error also makes SDKs try again.",
                    KINESALITE,
                    "PutsIT.explicitHashKey_thatIsNoInteger_isRefused",
                    "ReadsIT.garbage_isNoIterator"),
            differs(
                    "but was: \"SerializationException\"",
                    "an unknown ShardIteratorType is a SerializationException",
                    "AWS is right: ValidationException.",
                    KINESALITE,
                    "IteratorErrorsIT.ofATypeThatThereIsNot_isRefused"),
            differs(
                    NOT_REFUSED,
                    "takes iterators that contradict themselves: a time to come, another shard's sequence number, a"
                            + " sequence number where the type has no use for one",
                    "AWS is right: InvalidArgumentException.",
                    KINESALITE,
                    "IteratorErrorsIT.atTimestamp_inTheFuture_isRefused",
                    "IteratorErrorsIT.ofAnotherShardsSequenceNumber_isRefused",
                    "IteratorErrorsIT.withASequenceNumberThatItsTypeHasNoUseFor_isRefused"),
            differs(
                    "Could not find shardId shardId-0",
                    "a shard is found by its whole name only",
                    "AWS is right (it takes any name that ends in -0), though undocumented.",
                    KINESALITE,
                    "IteratorErrorsIT.shard_mayBeNamedShort"),
            differs(
                    "but was: \"ResourceInUseException\"",
                    "splitting or merging a closed shard is a ResourceInUseException",
                    "AWS is right: InvalidArgumentException; ResourceInUse is for streams that are not ACTIVE.",
                    API + "SplitShard, MergeShards",
                    "ReshardingIT.split_ofAClosedShard_isRefused",
                    "ReshardingIT.merge_ofAClosedShard_isRefused"),
            differs(
                    NOT_REFUSED,
                    "a split at the first or last key of a shard makes a child of one key, or with a range upside down",
                    "AWS is right: each child holds two keys or more.",
                    KINESALITE,
                    "ReshardingIT.split_atTheEdgeOfTheParent_isRefused"));

    private KinesisLocalDifferences() {}

    private static Difference differs(String evidence, String answers, String verdict, String source, String... cases) {
        return new Difference(Subject.KINESIS_LOCAL, List.of(cases), evidence, answers, verdict, source);
    }
}
