package dev.clickstream.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveredRowsTest {

    private Path folder;

    /** A name with what means something in SQL and in a pattern. */
    @BeforeEach
    void name(@TempDir Path parent) {
        folder = parent.resolve("run's [1]");
    }

    private static String row(String request, String sequence, int place) {
        return "{\"request_id\":\"" + request + "\",\"kinesis_shard_id\":\"shardId-000000000000\","
                + "\"kinesis_sequence_number\":\"" + sequence + "\",\"kinesis_sub_sequence_number\":" + place
                + ",\"kinesis_row_number\":0,\"kinesis_arrival_timestamp\":\"2026-11-05T17:59:59.999Z\"}";
    }

    private void object(String name, String... rows) throws IOException {
        Path file = folder.resolve("version=1").resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream lines = new GZIPOutputStream(Files.newOutputStream(file))) {
            lines.write(String.join("\n", rows).getBytes(StandardCharsets.UTF_8));
        }
    }

    private DeliveredRows rows() throws Exception {
        return DeliveredRows.open(new ObjectFolder(folder));
    }

    @Test
    void rows_whenAllIsRight_haveNoFlaw() throws Exception {
        object("2026/11/05/17/a.gz", row("r1", "9", 0), row("r2", "10", 0), row("r3", "10", 1));
        object("2026/11/05/17/b.gz", row("r0", "8", 0));

        try (DeliveredRows rows = rows()) {
            assertThat(rows.requests()).containsExactlyInAnyOrder("r0", "r1", "r2", "r3");
            assertThat(rows.underAnotherHour() + rows.outOfOrder() + rows.ofTheSamePlace())
                    .isZero();
        }
        assertThat(DeliveredRows.count(new ObjectFolder(folder))).isEqualTo(4);
    }

    @Test
    void rows_whenFlawed_areCounted() throws Exception {
        object("2026/11/05/17/a.gz", row("r2", "10", 0), row("r1", "9", 0), row("r4", "10", 1));
        object("2026/11/05/18/b.gz", row("r1", "9", 0));

        try (DeliveredRows rows = rows()) {
            assertThat(rows.outOfOrder()).isEqualTo(1);
            assertThat(rows.underAnotherHour()).isEqualTo(1);
            assertThat(rows.ofTheSamePlace()).isEqualTo(1);
        }
    }

    @Test
    void rows_ofAFolderWithoutObjects_areNone() throws Exception {
        assertThat(DeliveredRows.count(new ObjectFolder(folder))).isZero();
    }
}
