package dev.clickstream.smoke;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.producer.ClickstreamProducer;
import dev.clickstream.producer.DeliveryReport;
import java.util.HashSet;
import java.util.Set;

/** Sends clicks of a hundred visitors, each event once. */
final class Traffic {
    private static final int VISITORS = 100;

    private final Aws aws;
    private final Names names;

    Traffic(Aws aws, Names names) {
        this.aws = aws;
        this.names = names;
    }

    /**
     * Returns when all are acknowledged.
     *
     * @return the ids of the events
     * @throws SmokeFailedException if any was not
     */
    Set<String> send(int events) {
        Set<String> ids = new HashSet<>();
        DeliveryReport report;
        try (ClickstreamProducer producer = ClickstreamProducer.builder(aws.kinesis(), names.stream())
                .producerId("aws-smoke")
                .build()) {
            for (int i = 0; i < events; i++) {
                ClickEvent event = click(i);
                ids.add(event.eventId());
                var unused = producer.send(event);
            }
            report = producer.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SmokeFailedException("interrupted while events were sent", e);
        }
        if (report.delivered() != events) {
            throw new SmokeFailedException("not all events were acknowledged: " + report);
        }
        return ids;
    }

    private static ClickEvent click(int number) {
        return ClickEvent.builder("page_view")
                .userPseudoId("visitor-" + number % VISITORS)
                .pageLocation("https://shop.example/product/" + number)
                .build();
    }
}
