package dev.clickstream.storefront;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A day and more of requests to a shop that does not exist, and the clicks that must come out of them. Immutable; the
 * same seed gives the same bytes.
 *
 * <p>Buy and View details are query parameters on any request: {@code ?action=buy|view&product_id=…&product_name=…}.
 * Visitors come by a day-and-night curve and in bursts; most of what they ask for is pictures and scripts, few look at
 * products, and very few buy. Among them are bots, HEAD and POST requests, cookies, IPv6 addresses, and answers 302, 404,
 * 500 and 000. What must come out is known from the making of each request, not from reading the line again.
 */
final class GeneratedShop {

    /** In the order of the lines' columns. */
    static final List<String> FIELDS = List.of(
            "timestamp",
            "c-ip",
            "sc-status",
            "sc-bytes",
            "cs-method",
            "cs-host",
            "cs-uri-stem",
            "x-edge-location",
            "x-edge-request-id",
            "time-taken",
            "cs-user-agent",
            "cs-referer",
            "cs-cookie",
            "cs-uri-query",
            "c-country");

    /** An evening, so that 30 hours have one midnight. */
    static final Instant START = Instant.parse("2026-11-05T17:30:00Z");

    private static final int SESSIONS_IN_BURSTS_PERCENT = 8;
    private static final int BURSTS_PER_HOUR = 2;
    private static final int BURST_MILLIS = 120_000;

    private final List<LogLine> lines;
    private final List<ExpectedClick> clicks;
    private final long botClicks;

    private GeneratedShop(List<ShopRequest> requests, boolean dropBots) {
        this.lines = requests.stream().map(ShopRequest::line).toList();
        List<ExpectedClick> kept = new ArrayList<>();
        long ofBots = 0;
        for (ShopRequest request : requests) {
            ExpectedClick click = request.click();
            if (click != null && dropBots && request.visitor().bot()) {
                ofBots++;
            } else if (click != null) {
                kept.add(click);
            }
        }
        this.clicks = List.copyOf(kept);
        this.botClicks = ofBots;
    }

    /**
     * Generates one.
     *
     * @param records how many requests, exactly
     * @param hours the time that they span, from {@link #START}
     * @param dropBots whether clicks of bots are not to come out
     */
    static GeneratedShop generate(long seed, int records, int hours, boolean dropBots) {
        Random random = new Random(seed);
        long span = Duration.ofHours(hours).toMillis();
        long[] bursts = random.longs((long) hours * BURSTS_PER_HOUR, 0, span).toArray();
        List<ShopRequest> requests = new ArrayList<>(records);
        while (requests.size() < records) {
            Instant arrival = START.plusMillis(sessionStart(random, span, bursts));
            Session.generate(arrival, random).stream()
                    .filter(request -> request.time().isBefore(START.plusMillis(span)))
                    .limit(records - requests.size())
                    .forEach(requests::add);
        }
        requests.sort(Comparator.comparing(ShopRequest::time));
        return new GeneratedShop(requests, dropBots);
    }

    private static long sessionStart(Random random, long span, long[] bursts) {
        if (random.nextInt(100) < SESSIONS_IN_BURSTS_PERCENT) {
            // The first are the largest.
            long burst = bursts[(int) (Math.pow(random.nextDouble(), 1.5) * bursts.length)];
            return Math.min(span - 1, burst + random.nextInt(BURST_MILLIS));
        }
        while (true) {
            long start = random.nextLong(span);
            if (random.nextDouble() < activity(START.plusMillis(start))) {
                return start;
            }
        }
    }

    /** From 0.3 at three in the morning to 1 at three in the afternoon, UTC. */
    private static double activity(Instant time) {
        double hourOfDay = time.toEpochMilli() % Duration.ofDays(1).toMillis() / 3_600_000.0;
        return 0.65 - 0.35 * Math.cos((hourOfDay - 3) / 24 * 2 * Math.PI);
    }

    /** All requests, by time. */
    List<LogLine> lines() {
        return lines;
    }

    /** What must come out, each once. */
    List<ExpectedClick> clicks() {
        return clicks;
    }

    /** How many requests would be clicks, were they not a bot's; 0 unless bots are dropped. */
    long botClicks() {
        return botClicks;
    }
}
