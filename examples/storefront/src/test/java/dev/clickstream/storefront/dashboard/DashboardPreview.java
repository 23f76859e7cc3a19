package dev.clickstream.storefront.dashboard;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.event.ClickEventBuilder;
import dev.clickstream.event.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Serves the page with made-up clicks, for whoever works on it: {@code [port] [empty|busy]}. */
final class DashboardPreview {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/HH/", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String[] FUNNEL = {"view_item", "view_item", "view_item", "add_to_cart", "begin_checkout"};

    private final Random random = new Random(7);
    private final WrittenLake lake;
    private final ScriptedPipeline pipeline;
    private int number;

    private DashboardPreview(Path folder) {
        this.lake = new WrittenLake(folder);
        this.pipeline = new ScriptedPipeline(folder);
    }

    public static void main(String[] args) throws IOException {
        DashboardPreview preview = new DashboardPreview(Files.createTempDirectory("dashboard"));
        if (args.length < 2 || args[1].equals("busy")) {
            preview.past();
            @SuppressWarnings("FutureReturnValueIgnored") // runs until the program is ended
            Object unused = Executors.newSingleThreadScheduledExecutor()
                    .scheduleAtFixedRate(preview::present, 1000, 1000, TimeUnit.MILLISECONDS);
        }
        DashboardServer server =
                DashboardServer.start(preview.pipeline, args.length > 0 ? Integer.parseInt(args[0]) : 0);
        System.out.println(server.address());
    }

    private void past() throws IOException {
        Instant now = Instant.now();
        for (int minute = 300; minute > 0; minute--) {
            int clicks = 8 + (int) (7 * Math.sin(minute / 17.0)) + random.nextInt(6);
            write(now.minus(Duration.ofMinutes(minute)), clicks);
        }
        lake.failures(HOUR.format(now) + "clicks-1-failed.gz", now, "CloudFront.too_few_fields", "ClickRules.no_item");
        pipeline.results.put("dropped", 812L);
        pipeline.results.put("failed", 2L);
        pipeline.reasons.put("no rule takes it", 640L);
        pipeline.reasons.put("bot", 172L);
        pipeline.reasons.put("CloudFront.too_few_fields", 1L);
        pipeline.reasons.put("ClickRules.no_item", 1L);
        pipeline.shards = List.of(
                ScriptedPipeline.shard(0, 0, 0.5, false, 0),
                ScriptedPipeline.shard(1, 0.5, 1, true, 0),
                ScriptedPipeline.shard(2, 0, 0.25, true, 12),
                ScriptedPipeline.shard(3, 0.25, 0.5, true, 1));
    }

    private void present() {
        try {
            write(Instant.now().minusMillis(900), random.nextInt(5));
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    private void write(Instant time, int clicks) throws IOException {
        List<ClickEvent> events = new ArrayList<>();
        for (int i = 0; i < clicks; i++) {
            ClickEvent event = event(time.plusMillis(random.nextInt(800)));
            events.add(event);
            pipeline.expected.merge(event.eventName(), 1L, Long::sum);
            pipeline.results.merge("ok", 1L, Long::sum);
        }
        Instant written = time.plusMillis(1100 + random.nextInt(900));
        String key = HOUR.format(time) + "clicks-1-"
                + time.toString().substring(0, 19).replaceAll("[T:]", "-") + "-" + number + ".gz";
        lake.rows(key, written, events.toArray(ClickEvent[]::new));
    }

    private ClickEvent event(Instant time) {
        String visitor = "visitor-" + random.nextInt(40) + "-" + time.getEpochSecond() / 7200;
        int product = 1 + (int) Math.min(23, Math.abs(random.nextGaussian()) * 9);
        int dice = random.nextInt(20);
        String name = dice < 14
                ? FUNNEL[random.nextInt(FUNNEL.length)]
                : dice < 16
                        ? "purchase"
                        : List.of("search", "login", "sign_up", "page_view").get(dice - 16);
        if (product == 7) {
            name = "view_item";
        }
        ClickEventBuilder event = ClickEvent.builder(name)
                .eventId("e-" + number++)
                .eventTimestamp(time)
                .userPseudoId(visitor);
        if (!name.equals("purchase")) {
            event.requestId("r-" + number);
        }
        return dice >= 16
                ? event.build()
                : event.item(Item.of(random.nextInt(300) == 0 ? "<img src=x onerror=alert(1)>" : "" + product, null))
                        .build();
    }
}
