package dev.clickstream.benchmarks.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.clickstream.cloudfront.RealTimeLogReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A record of 45 fields read, and five of them taken as the caller gets them: ours decoded and checked, others' as they
 * stand in the line.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(LogRecords.COUNT)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class ReadingBenchmark {

    private static final int[] COLUMNS =
            LogRecords.TAKEN.stream().mapToInt(LogRecords.FORMAT::column).toArray();

    private final RealTimeLogReader reader = new RealTimeLogReader(LogRecords.FORMAT);

    /** A loop that does nothing but count tabs: what reading every byte costs. */
    @Benchmark
    public void countTabs(LogRecords log, Blackhole hole) {
        for (byte[] record : log.records) {
            int tabs = 0;
            for (byte b : record) {
                tabs += b == '\t' ? 1 : 0;
            }
            hole.consume(tabs);
        }
    }

    /** Our index of a line, and nothing taken. */
    @Benchmark
    public void index(LogRecords log, Blackhole hole) {
        for (byte[] record : log.records) {
            reader.reset(record);
            hole.consume(reader.next());
        }
    }

    /** Our index, the columns checked, five texts. */
    @Benchmark
    public void fiveOf45(LogRecords log, Blackhole hole) {
        for (byte[] record : log.records) {
            reader.reset(record);
            reader.next();
            hole.consume(reader.problem());
            for (String field : LogRecords.TAKEN) {
                hole.consume(reader.text(field));
            }
        }
    }

    /** Our index and five texts, unchecked, as the others do. */
    @Benchmark
    public void fiveOf45Unchecked(LogRecords log, Blackhole hole) {
        for (byte[] record : log.records) {
            reader.reset(record);
            reader.next();
            for (String field : LogRecords.TAKEN) {
                hole.consume(reader.text(field));
            }
        }
    }

    /** FastCSV set to tabs, at its best: one reader over all records as one text; escapes stay. */
    @Benchmark
    public void fastCsv(LogRecords log, Blackhole hole) {
        try (CsvReader<CsvRecord> csv =
                CsvReader.builder().fieldSeparator('\t').ofCsvRecord(new ByteArrayInputStream(log.joined))) {
            for (CsvRecord line : csv) {
                for (int column : COLUMNS) {
                    hole.consume(line.getField(column));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code String.split}; escapes stay. */
    @Benchmark
    public void split(LogRecords log, Blackhole hole) {
        for (byte[] record : log.records) {
            String[] line = new String(record, UTF_8).split("\t", -1);
            for (int column : COLUMNS) {
                hole.consume(line[column]);
            }
        }
    }
}
