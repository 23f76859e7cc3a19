package dev.clickstream.storefront.edge;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Log lines as the edge makes them, for tests of what is made of them. */
public final class EdgeLines {

    private EdgeLines() {}

    /** The line of a request that was answered so. */
    public static byte[] line(List<String> fields, ViewerRequest request, Origin.Answer answer) {
        LoggedRequest logged = new LoggedRequest(
                "id",
                Instant.parse("2026-01-31T10:00:00Z"),
                Duration.ofMillis(3),
                request,
                answer.status(),
                answer.body().length);
        return fields.stream()
                .map(logged::field)
                .collect(Collectors.joining("\t", "", "\n"))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
