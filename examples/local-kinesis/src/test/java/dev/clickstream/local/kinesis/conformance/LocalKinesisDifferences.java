package dev.clickstream.local.kinesis.conformance;

import java.util.List;

/** Where our own endpoint answers otherwise than the real service: chosen, not overlooked. */
final class LocalKinesisDifferences {

    private static final String KINESALITE = "kinesalite's tests, which also run against AWS";

    static final List<Difference> KNOWN = List.of(
            differs(
                    "expected: UPDATING",
                    "a split or merge is done when it is answered; the stream is ACTIVE all the time",
                    "AWS is right (about 30 s of UPDATING). A test gains nothing from the wait, and one that waits for"
                            + " ACTIVE works with both.",
                    KINESALITE,
                    "ReshardingIT.stream_isUpdatingRightAfterASplit"),
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
