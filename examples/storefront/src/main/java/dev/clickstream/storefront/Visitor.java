package dev.clickstream.storefront;

import java.util.List;
import java.util.Random;

/**
 * Who makes a session's requests in the generated shop.
 *
 * @param address IPv4 or IPv6
 * @param userAgent as the viewer sends it
 * @param cookie as the viewer sends it, empty if there is none
 * @param country two letters
 * @param edge the edge location that answers
 * @param bot whether the user agent names itself a machine
 */
record Visitor(String address, String userAgent, String cookie, String country, String edge, boolean bot) {

    private static final List<String> BROWSERS = List.of(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0"
                    + " Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
                    + " Version/17.6 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (X11; Linux x86_64; rv:129.0) Gecko/20100101 Firefox/129.0",
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0"
                    + " Mobile Safari/537.36");
    private static final List<String> BOTS = List.of(
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "ExampleCrawler/1.0 (+https://crawler.example.org)",
            "Baiduspider+(+http://www.baidu.com/search/spider.htm)");
    private static final List<String> COUNTRIES = List.of("DE", "AT", "CH", "FR", "GB", "US");
    private static final List<String> EDGES = List.of("FRA56-P4", "VIE50-P1", "ZRH50-C1", "CDG52-P2", "IAD89-C3");

    static Visitor random(Random random) {
        boolean bot = random.nextInt(100) < 12;
        return new Visitor(
                random.nextInt(100) < 25 ? ipv6(random) : ipv4(random),
                pick(bot ? BOTS : BROWSERS, random),
                bot || random.nextInt(100) < 20 ? "" : cookie(random),
                pick(COUNTRIES, random),
                pick(EDGES, random),
                bot);
    }

    private static String ipv4(Random random) {
        return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + (1 + random.nextInt(254));
    }

    private static String ipv6(Random random) {
        return "2001:db8:" + Integer.toHexString(random.nextInt(0x10000)) + "::"
                + Integer.toHexString(1 + random.nextInt(0xfffe));
    }

    private static String cookie(Random random) {
        return "visitor=" + Long.toHexString(random.nextLong()) + "; consent={\"statistics\":" + random.nextBoolean()
                + "}";
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    @Override
    public String toString() {
        return "Visitor[" + country + ", " + edge + ", bot=" + bot + "]";
    }
}
