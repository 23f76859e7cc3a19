package dev.clickstream.local.kinesis.conformance;

import java.util.List;

/** Where kinesis-local 0.6.2 answers otherwise than the real service. */
final class KinesisLocalDifferences {

    private static final String KINESALITE = "kinesalite's tests, which also run against AWS";
    private static final String MOTO = "moto's tests";
    private static final String MOTO_SEEN = MOTO + " (verified against AWS)";
    private static final String API = "AWS, Kinesis API Reference: ";
    private static final String QUOTAS = "AWS, Developer Guide: Quotas and limits";
    private static final String NOT_REFUSED = "was not refused";

    static final List<Difference> KNOWN = List.of(
            differs(
                    "170141183460469231731687303715884105726",
                    "the first of two ranges ends one low: it divides 2^128-1, not 2^128, by the number of shards",
                    "AWS is right. Where the number of shards is a power of two, keys at the edges go to another"
                            + " shard.",
                    MOTO + "; by the same rule as the three ranges of aws-cli's example",
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
                    QUOTAS,
                    "PutsIT.putRecords_overAShardsMebibyteASecond_failsInPart"),
            differs(
                    NOT_REFUSED,
                    "the same for PutRecord",
                    "AWS is right.",
                    QUOTAS,
                    "PutsIT.putRecord_overAShardsMebibyteASecond_isRefused"),
            differs(
                    NOT_REFUSED,
                    "a shard is read any number of times a second",
                    "AWS is right: five calls a second.",
                    QUOTAS,
                    "ReadsIT.moreThanFiveReadsASecond_areRefused"),
            differs(
                    "but was: \"InvalidArgumentException\"",
                    "a field of the wrong length, range or pattern is an InvalidArgumentException",
                    "AWS is right: what breaks a constraint of the API's model is a ValidationException, found before"
                            + " any operation looks at it.",
                    KINESALITE + "; " + API + "UpdateMaxRecordSize",
                    "PutsIT.partitionKey_ofAnotherLength_isRefused",
                    "PutsIT.explicitHashKey_withZerosInFront_orASign_orTooManyDigits_isRefused",
                    "ReadsIT.limit_outOfRange_isRefused",
                    "IteratorErrorsIT.ofNoSequenceNumber_isRefused",
                    "StreamsIT.name_ofOtherCharacters_isRefused",
                    "StreamsIT.name_mayHave128Characters",
                    "SettingsIT.tag_withALongKey_isRefused",
                    "SettingsIT.tag_withALongValue_isRefused",
                    "SettingsIT.maxRecordSize_outOfRange_isRefused"),
            differs(
                    "but was: \"LimitExceededException\"",
                    "a stream of no shards is a LimitExceededException",
                    "AWS is right: ValidationException.",
                    KINESALITE,
                    "StreamsIT.shardCount_ofNone_isRefused"),
            differs(
                    "but was: null",
                    "an answer of status 500 without a body",
                    "AWS is right: an error of its own type. A server error also makes SDKs try again.",
                    KINESALITE,
                    "PutsIT.explicitHashKey_thatIsNoInteger_isRefused",
                    "ReadsIT.garbage_isNoIterator",
                    "ListShardsIT.maximum_ofNone_isRefused"),
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
                    MOTO,
                    "ReshardingIT.split_ofAClosedShard_isRefused",
                    "ReshardingIT.merge_ofAClosedShard_isRefused"),
            differs(
                    NOT_REFUSED,
                    "a split at the first or last key of a shard makes a child of one key, or with a range upside down",
                    "AWS is right: each child holds two keys or more.",
                    KINESALITE,
                    "ReshardingIT.split_atTheEdgeOfTheParent_isRefused"),
            differs(
                    "150",
                    "a page of shards has 100 at most",
                    "AWS is right: 1,000 unless MaxResults says otherwise, up to 10,000.",
                    API + "ListShards",
                    "ListShardsIT.page_withoutAMaximum_hasUpTo1000Shards"),
            differs(
                    NOT_REFUSED,
                    "ListShards takes any MaxResults",
                    "AWS is right: 1 to 10,000.",
                    API + "ListShards",
                    "ListShardsIT.maximum_over10000_isRefused"),
            differs(
                    "shardId-000000000002",
                    "AT_TRIM_HORIZON lists all shards",
                    "AWS is right: those that were open at the trim horizon, so not their children.",
                    API + "ShardFilter",
                    "ListShardsIT.atTrimHorizon_areTheOldestShards"),
            differs(
                    "shardId-000000000000",
                    "AT_TIMESTAMP and FROM_TIMESTAMP count in seconds",
                    "AWS is right: timestamps have milliseconds.",
                    API + "ShardFilter",
                    "ListShardsIT.timestamps_countInMilliseconds"),
            differs(
                    "contain exactly",
                    "a listing that is to begin after a name that no stream has begins with the first stream",
                    "AWS is right: it goes on after where that name would be; else a reader whose last stream was"
                            + " deleted begins again.",
                    KINESALITE,
                    "StreamsIT.listing_mayBeginAfterANameThatNoStreamHas"),
            differs(
                    "not to be null",
                    "ListStreams has no NextToken",
                    "AWS is right.",
                    API + "ListStreams",
                    "StreamsIT.listing_hasATokenWhenThereIsMore"),
            differs(
                    "Expected size: 1 but was: 0",
                    "ListStreams has no StreamSummaries",
                    "AWS is right.",
                    API + "ListStreams",
                    "StreamsIT.listing_tellsMoreThanNames"),
            differs(
                    "not to be null",
                    "a stream's MaxRecordSizeInKiB is told only after it was set",
                    "AWS is right: 1,024 is the default.",
                    API + "StreamDescriptionSummary",
                    "SettingsIT.maxRecordSize_isOneMebibyteAtFirst"),
            differs(
                    "but was: \"two\"",
                    "the last page of consumers has a NextToken too",
                    "AWS is right: null when there are no more.",
                    API + "ListStreamConsumers",
                    "ConsumersIT.consumers_areListed"),
            differs(
                    "not to contain",
                    "the next page of consumers has those of the page before",
                    "AWS is right: each once.",
                    API + "ListStreamConsumers",
                    "ConsumersIT.consumers_areListedInPages"),
            differs(
                    "was not fulfilled",
                    "deregistering a consumer takes the one of that name off another stream",
                    "AWS is right: names are a stream's own.",
                    API + "DeregisterStreamConsumer",
                    "ConsumersIT.consumersOfOneName_onTwoStreams_areTwo"),
            differs(
                    NOT_REFUSED,
                    "a subscription to a shard that there is not gets events without end",
                    "AWS is right: ResourceNotFoundException.",
                    API + "SubscribeToShard",
                    "FanOutIT.shardThatThereIsNot_isRefused"),
            differs(
                    "was not fulfilled",
                    "a subscription to a closed shard never comes to its end and tells no children",
                    "AWS is right: an event with ChildShards and without ContinuationSequenceNumber, then the end.",
                    API + "SubscribeToShardEvent",
                    "FanOutIT.closedShard_whenReadToItsEnd_endsTheSubscription",
                    "FanOutIT.closedShard_atItsEnd_tellsItsChildren_andNoPlaceToGoOn"),
            differs(
                    "to satisfy given requirements",
                    "UpdateShardCount by anything but 2 or 1/2 splits or merges some shards and leaves the rest",
                    "AWS is right: uniform scaling makes shards of one size, at least by multiples of 25 %.",
                    API + "UpdateShardCount; risingwave, issue 9961",
                    "ScalingIT.openShards_whenScaledByQuarters_areOfOneSize"),
            differs(
                    "Expected size",
                    "the same: so fewer shards come and go",
                    "AWS is right; a reader sees more generations there.",
                    MOTO_SEEN + "; risingwave, issue 9961",
                    "ScalingIT.allShards_whenScaledByQuarters_areAsManyAsAtAws",
                    "ScalingIT.allShards_whenScaledUpByOtherParts_areAsManyAsAtAws"),
            differs(
                    "contain exactly",
                    "the same",
                    "AWS is right.",
                    "risingwave, issue 9961",
                    "ScalingIT.openShards_whenThreeOfFourRemain_areThoseSeenAtAws"),
            differs(
                    NOT_REFUSED,
                    "five shards can be scaled down to two: half is rounded down",
                    "Open: AWS refuses what is below half, and does not say how half of five is rounded.",
                    API + "UpdateShardCount",
                    "ScalingIT.lessThanHalfOfAnOddNumber_isRefused"),
            differs(
                    "AccessDeniedException",
                    "an unknown operation is an AccessDeniedException",
                    "AWS is right: UnknownOperationException where the body is JSON.",
                    KINESALITE,
                    "ProtocolIT.unknownOperation_isSaidToBe"),
            differs(
                    "SerializationException",
                    "a number over 2^31-1 is a SerializationException",
                    "AWS is right: it is taken as 2^31-1, and then out of range.",
                    KINESALITE,
                    "ProtocolIT.number_beyondAnInt_isTakenAsTheLargest"),
            differs(
                    "Refusal[code=",
                    "errors have texts of its own, and often other types",
                    "AWS is right: programs look at the type, people and their searches at the text.",
                    KINESALITE,
                    "ErrorTextsIT.stream_notFound",
                    "ErrorTextsIT.stream_alreadyThere",
                    "ErrorTextsIT.iterator_shardNotFound",
                    "ErrorTextsIT.split_shardNotFound",
                    "ErrorTextsIT.merge_shardNotFound",
                    "ErrorTextsIT.merge_notAdjacent",
                    "ErrorTextsIT.iterator_withoutItsSequenceNumber",
                    "ErrorTextsIT.iterator_withoutItsTimestamp",
                    "ErrorTextsIT.iterator_thatIsNone",
                    "ErrorTextsIT.explicitHashKey_beyondTheRing",
                    "ErrorTextsIT.listShards_ofNothing",
                    "ErrorTextsIT.listShards_ofTwoThings",
                    "ErrorTextsIT.retention_tooShort",
                    "ErrorTextsIT.retention_decreasedToMore",
                    "ErrorTextsIT.constraint_ofANumber",
                    "ErrorTextsIT.constraint_ofAPattern",
                    "ErrorTextsIT.constraint_ofAName",
                    "ErrorTextsIT.constraint_ofAnEntry",
                    "ErrorTextsIT.constraint_ofAPartitionKey_repeatsIt"),
            differs(
                    "not found",
                    "of several faults one is reported",
                    "AWS is right: all that break a constraint are told at once.",
                    KINESALITE,
                    "ErrorTextsIT.constraints_areReportedTogether"),
            differs(
                    NOT_REFUSED,
                    "no error where AWS has one, so no text (see above)",
                    "AWS is right.",
                    KINESALITE,
                    "ErrorTextsIT.split_outsideTheShard",
                    "ErrorTextsIT.iterator_withASequenceNumberForNothing",
                    "ErrorTextsIT.iterator_withAnotherShardsSequenceNumber",
                    "ErrorTextsIT.constraint_ofHowManyEntries"));

    private KinesisLocalDifferences() {}

    private static Difference differs(String evidence, String answers, String verdict, String source, String... cases) {
        return new Difference(Subject.KINESIS_LOCAL, List.of(cases), evidence, answers, verdict, source);
    }
}
