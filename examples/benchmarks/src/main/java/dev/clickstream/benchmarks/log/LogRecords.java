package dev.clickstream.benchmarks.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clickstream.cloudfront.RealTimeLogFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Records of 45 fields: from the file that the system property {@code records} names, gzipped, or else drawn like them
 * from a seed.
 */
@State(Scope.Benchmark)
public class LogRecords {

    /** How many records an operation reads. */
    static final int COUNT = 2_000;

    /** The fields of late 2022. */
    static final RealTimeLogFormat FORMAT = RealTimeLogFormat.of(List.of(
            ("timestamp c-ip time-to-first-byte sc-status sc-bytes cs-method cs-protocol cs-host cs-uri-stem cs-bytes "
                            + "x-edge-location x-edge-request-id x-host-header time-taken cs-protocol-version "
                            + "c-ip-version cs-user-agent cs-referer cs-cookie cs-uri-query "
                            + "x-edge-response-result-type x-forwarded-for ssl-protocol ssl-cipher "
                            + "x-edge-result-type fle-encrypted-fields fle-status sc-content-type sc-content-len "
                            + "sc-range-start sc-range-end c-port x-edge-detailed-result-type c-country "
                            + "cs-accept-encoding cs-accept cache-behavior-path-pattern cs-headers cs-header-names "
                            + "cs-headers-count primary-distribution-id primary-distribution-dns-name origin-fbl "
                            + "origin-lbl asn")
                    .split(" ", -1)));

    /** The five that are taken. */
    static final List<String> TAKEN =
            List.of("timestamp", "sc-status", "cs-uri-stem", "x-edge-request-id", "cs-user-agent");

    private static final String AGENT = "Mozilla/5.0%20(Windows%20NT%2010.0;%20Win64;%20x64)%20AppleWebKit/537.36";

    byte[][] records = {};
    byte[] joined = {};
    long bytes;

    /** Reads or draws the records. */
    @Setup(Level.Trial)
    public void load() {
        List<byte[]> lines = lines();
        records = lines.toArray(byte[][]::new);
        var all = new ByteArrayOutputStream();
        for (byte[] line : records) {
            bytes += line.length;
            all.writeBytes(line);
        }
        joined = all.toByteArray();
    }

    /**
     * The records, read or drawn, each with a newline behind it.
     *
     * @return at most {@value #COUNT}
     */
    public static List<byte[]> lines() {
        String file = System.getProperty("records", "");
        return file.isEmpty() ? drawn() : read(Path.of(file));
    }

    private static List<byte[]> read(Path file) {
        List<byte[]> lines = new ArrayList<>();
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            String text = new String(in.readAllBytes(), UTF_8);
            text.lines().limit(COUNT).forEach(line -> lines.add((line + "\n").getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private static List<byte[]> drawn() {
        Random random = new Random(45);
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            String path = "/product/" + random.nextInt(100_000) + "/%25D8%25A7%25D9%2584".repeat(random.nextInt(4));
            String agent = AGENT + "%20Chrome/" + random.nextInt(120) + ".0.0.0%20Safari/537.36";
            String headers = "host:shop.example.com%0Auser-agent:" + agent + "%0Aaccept:*/*%0A";
            lines.add(String.format(
                            Locale.ROOT,
                            "%d.%03d\t10.%d.%d.9\t0.0%d\t200\t%d\tGET\thttps\tshop.example.com\t%s\t215\tFRA56-P4\t"
                                    + "%040x%016x\td1.cloudfront.net\t0.0%d\tHTTP/2.0\tIPv4\t%s\t-\t-\t-\tHit\t-\t"
                                    + "TLSv1.3\tTLS_AES_128_GCM_SHA256\tHit\t-\t-\ttext/html\t-\t-\t-\t%d\tHit\tDE\t"
                                    + "gzip,%%20deflate,%%20br\t*/*\t*\t%s\thost%%0Auser-agent%%0Aaccept%%0A\t3\t"
                                    + "E1EXAMPLE\td1.cloudfront.net\t-\t-\t3320\n",
                            1_700_000_000 + i / 40,
                            random.nextInt(1_000),
                            random.nextInt(256),
                            random.nextInt(256),
                            random.nextInt(100),
                            random.nextInt(100_000),
                            path,
                            random.nextLong(),
                            random.nextLong(),
                            random.nextInt(100),
                            agent,
                            1_024 + random.nextInt(60_000),
                            headers)
                    .getBytes(UTF_8));
        }
        return lines;
    }
}
