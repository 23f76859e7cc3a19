package dev.clickstream.local.kinesis.conformance;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All known differences between the subjects and the real service. CONFORMANCE.md shows them as a table. */
final class Differences {

    static final List<Difference> KNOWN = Stream.of(LocalKinesisDifferences.KNOWN, KinesisLocalDifferences.KNOWN)
            .flatMap(List::stream)
            .toList();

    private Differences() {}

    static Optional<Difference> of(Subject subject, String testCase) {
        return KNOWN.stream()
                .filter(difference -> difference.subject() == subject)
                .filter(difference -> difference.cases().contains(testCase))
                .findFirst();
    }
}
