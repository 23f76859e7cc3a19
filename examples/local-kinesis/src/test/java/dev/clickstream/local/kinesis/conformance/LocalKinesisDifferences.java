package dev.clickstream.local.kinesis.conformance;

import java.util.List;

/** Where our own endpoint answers otherwise than the real service: chosen, not overlooked. */
final class LocalKinesisDifferences {

    private static final String KINESALITE = "kinesalite's tests, which also run against AWS";

    static final List<Difference> KNOWN = List.of(
            differs(
                    "but was: ACTIVE",
                    "a stream is ACTIVE as soon as it is created, split or merged",
                    "AWS is right (10 to 60 s of CREATING and UPDATING). A test gains nothing from the wait, and one"
                            + " that waits for ACTIVE works with both.",
                    KINESALITE,
                    "ReshardingIT.stream_isUpdatingRightAfterASplit",
                    "StreamsIT.stream_isCreatingFirst"),
            differs(
                    "was empty",
                    "a deleted stream is gone at once",
                    "AWS is right (some seconds of DELETING); the same.",
                    KINESALITE,
                    "StreamsIT.stream_isDeletingAtLast"),
            differs(
                    "Value of ",
                    "where a message would repeat a partition key, the number of its characters stands in",
                    "AWS is right, but messages end in logs, and partition keys are people's.",
                    KINESALITE,
                    "ErrorTextsIT.constraint_ofAnEntry",
                    "ErrorTextsIT.constraint_ofAPartitionKey_repeatsIt"),
            differs(
                    "1 validation error detected",
                    "a faulty stream name is not reported in one message with other faults",
                    "AWS is right: all faults at once. The type is the same; the text is for people.",
                    KINESALITE,
                    "ErrorTextsIT.constraints_areReportedTogether"),
            differs(
                    "but was: 200",
                    "credentials and signatures are not looked at",
                    "AWS is right; here there is nothing to protect.",
                    KINESALITE,
                    "ProtocolIT.request_withoutASignature_isRefused"),
            differs(
                    "Expected size",
                    "UpdateShardCount makes shards of one size also where the target is no multiple of 25 %",
                    "AWS was seen to do it with fewer splits, which cannot give equal shards. Its documentation promises"
                            + " equal ones; what it does instead is not known.",
                    "moto's tests (verified against AWS)",
                    "ScalingIT.allShards_whenScaledUpByOtherParts_areAsManyAsAtAws",
                    "ScalingIT.allShards_whenScaledDownByOtherParts_areAsManyAsAtAws"),
            differs(
                    "but was: 16",
                    "the numbers of neighbouring shards differ in their last nine hex digits only",
                    "AWS is right, but what lies between the first digit and the last nine is undocumented; a program"
                            + " that reads it should find out here.",
                    KINESALITE,
                    "SequenceNumbersIT.neighbours_startAsFarApartAsAtAws"),
            differs(
                    "Shard shardId-0 in stream",
                    "a shard is found by its whole name only",
                    "AWS is right (it takes any name that ends in -0). Undocumented, and a misspelt name should be"
                            + " found out here.",
                    KINESALITE,
                    "IteratorErrorsIT.shard_mayBeNamedShort"));

    private LocalKinesisDifferences() {}

    private static Difference differs(String evidence, String answers, String verdict, String source, String... cases) {
        return new Difference(Subject.LOCAL_KINESIS, List.of(cases), evidence, answers, verdict, source);
    }
}
