package dev.clickstream.local.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How many bytes of records the endpoint takes and gives, per second and per second of its own threads' CPU; and whether
 * it slows down as a stream grows. A program and not a test: the client is bare sockets with prepared requests, so that
 * the endpoint is what is measured. The script {@code throughput} beside
 * the module's POM runs it; it prints a table.
 */
final class Throughput {

    private static final String HOST = "127.0.0.1";
    private static final int ENTRIES = 500;
    private static final int ROUNDS = 5;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private Throughput() {}

    public static void main(String[] args) throws Exception {
        Throughput throughput = new Throughput();
        System.out.println("| what | MB/s | MB per CPU second of the endpoint |");
        System.out.println("|---|---|---|");
        for (int round = 0; round < ROUNDS; round++) {
            throughput.measure(10_000, 120);
            throughput.measure(300, 400);
        }
        throughput.grow();
    }

    private void measure(int recordBytes, int requests) throws Exception {
        try (LocalKinesis kinesis = endpoint();
                Connection connection = new Connection(kinesis)) {
            byte[] put = request("PutRecords", putRecords(recordBytes));
            long bytes = (long) recordBytes * ENTRIES * requests;
            report("PutRecords, 500 records of " + recordBytes + " bytes", bytes, () -> {
                for (int i = 0; i < requests; i++) {
                    connection.exchange(put);
                }
            });
            report("GetRecords, records of " + recordBytes + " bytes", bytes, () -> readAll(connection, bytes));
        }
    }

    private static LocalKinesis endpoint() {
        return LocalKinesis.builder().stream("clicks", 1)
                .throughputLimits(ThroughputLimits.OFF)
                .start();
    }

    /** A million records of 300 bytes, ten times a tenth. */
    private void grow() throws Exception {
        try (LocalKinesis kinesis = endpoint();
                Connection connection = new Connection(kinesis)) {
            byte[] put = request("PutRecords", putRecords(300));
            for (int tenth = 1; tenth <= 10; tenth++) {
                report("PutRecords until " + tenth * 100_000 + " records", 30_000_000, () -> {
                    for (int i = 0; i < 200; i++) {
                        connection.exchange(put);
                    }
                });
            }
            report("GetRecords of a million", 300_000_000, () -> readAll(connection, 300_000_000));
        }
    }

    private static void readAll(Connection connection, long bytes) throws IOException {
        String iterator = text(
                connection.exchange(json(
                        "GetShardIterator",
                        "{\"StreamName\":\"clicks\",\"ShardId\":\"shardId-000000000000\","
                                + "\"ShardIteratorType\":\"TRIM_HORIZON\"}")),
                "ShardIterator");
        long read = 0;
        while (read < bytes) {
            byte[] answer = connection.exchange(request("GetRecords", iteratorOnly(iterator)));
            read += answer.length; // some more than the records: near enough to end the loop
            String next = lastText(answer);
            if (next.equals(iterator)) {
                return;
            }
            iterator = next;
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private void report(String what, long bytes, Work work) throws Exception {
        long cpu = cpuNanos();
        long begin = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cpuSeconds = (cpuNanos() - cpu) / 1e9;
        System.out.printf(
                Locale.ROOT, "| %s | %,.0f | %,.0f |%n", what, bytes / 1e6 / seconds, bytes / 1e6 / cpuSeconds);
    }

    /** Of the endpoint's threads. */
    private long cpuNanos() {
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith("local-kinesis")) {
                sum += Math.max(0, threads.getThreadCpuTime(id));
            }
        }
        return sum;
    }

    private static byte[] putRecords(int recordBytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] data = new byte[recordBytes];
        ThreadLocalRandom.current().nextBytes(data);
        try (JsonGenerator cbor = new CBORFactory().createGenerator(out)) {
            cbor.writeStartObject();
            cbor.writeStringField("StreamName", "clicks");
            cbor.writeArrayFieldStart("Records");
            for (int i = 0; i < ENTRIES; i++) {
                cbor.writeStartObject();
                cbor.writeFieldName("Data");
                cbor.writeBinary(data);
                cbor.writeStringField("PartitionKey", "visitor-" + i);
                cbor.writeEndObject();
            }
            cbor.writeEndArray();
            cbor.writeEndObject();
        }
        return out.toByteArray();
    }

    private static byte[] iteratorOnly(String iterator) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator cbor = new CBORFactory().createGenerator(out)) {
            cbor.writeStartObject();
            cbor.writeStringField("ShardIterator", iterator);
            cbor.writeEndObject();
        }
        return out.toByteArray();
    }

    private static byte[] request(String operation, byte[] body) {
        return http(operation, "application/x-amz-cbor-1.1", body);
    }

    private static byte[] json(String operation, String body) {
        return http(operation, "application/x-amz-json-1.1", body.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] http(String operation, String type, byte[] body) {
        byte[] head = ("POST / HTTP/1.1\r\nHost: " + HOST + "\r\nX-Amz-Target: Kinesis_20131202." + operation
                        + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private static String text(byte[] json, String field) {
        String answer = new String(json, StandardCharsets.UTF_8);
        int begin = answer.indexOf(':', answer.indexOf('"' + field + '"')) + 2;
        return answer.substring(begin, answer.indexOf('"', begin));
    }

    /** The NextShardIterator of a CBOR answer: looked for from its end, as the records come first. */
    private static String lastText(byte[] cbor) {
        String end = new String(
                cbor, Math.max(0, cbor.length - 300), Math.min(300, cbor.length), StandardCharsets.ISO_8859_1);
        int name = end.indexOf("NextShardIterator") + "NextShardIterator".length();
        int length = end.charAt(name + 1); // text of less than 256 bytes: one byte of type, one of length
        return end.substring(name + 2, name + 2 + length);
    }

    /** One HTTP/1.1 connection, one exchange at a time. */
    private static final class Connection implements AutoCloseable {

        private final Socket socket;
        private final OutputStream out;
        private final DataInputStream in;

        Connection(LocalKinesis kinesis) throws IOException {
            socket = new Socket(
                    InetAddress.getLoopbackAddress(), kinesis.endpoint().getPort());
            socket.setTcpNoDelay(true);
            out = new BufferedOutputStream(socket.getOutputStream(), 1 << 20);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 20));
        }

        byte[] exchange(byte[] request) throws IOException {
            out.write(request);
            out.flush();
            int length = -1;
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            byte[] body = new byte[length];
            in.readFully(body);
            return body;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the endpoint has closed the connection");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
