package dev.clickstream.benchmarks.producer;

import dev.clickstream.event.ClickEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Events of 300 bytes as JSON, of visitors of whom few are busy and most are not; each knows its number. */
public final class Clicks {

    private static final int VISITORS = 100_000;
    private static final int BYTES = 300;

    private Clicks() {}

    /**
     * Makes them, always the same.
     *
     * @param count how many
     * @return numbered from 0 by their {@code event_id}
     */
    public static List<ClickEvent> make(int count) {
        Random random = new Random(1);
        List<ClickEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ClickEvent bare = event(i, random, 0);
            events.add(event(i, random, Math.max(1, BYTES - bare.toJson().length - 3)));
        }
        return events;
    }

    /** Zipf's law, nearly: the n-th visitor is as frequent as 1/n. */
    private static String visitor(Random random) {
        return "visitor-" + (int) Math.pow(VISITORS, random.nextDouble());
    }

    private static ClickEvent event(int number, Random random, int filler) {
        return ClickEvent.builder("view_item")
                .eventId(Integer.toString(number))
                .userPseudoId(visitor(random))
                .pageLocation("https://shop.example/product/" + number % 10_000 + "/" + "x".repeat(filler))
                .build();
    }
}
