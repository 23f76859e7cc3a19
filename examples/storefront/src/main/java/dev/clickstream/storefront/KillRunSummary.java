package dev.clickstream.storefront;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** What many runs found, all together. Thread-safe. */
final class KillRunSummary {

    private final List<KillRunFindings> found = new ArrayList<>(); // guarded by this
    private final Map<String, Row> byHow = new TreeMap<>(); // guarded by this
    private final Map<String, Row> byFault = new TreeMap<>(); // guarded by this
    private int broken; // guarded by this

    /** Of runs of one kind. */
    private static final class Row {
        private int runs;
        private int passed;
        private int disruptions;
        private int whilePending;
        private long faultsMet;

        private void add(KillRunFindings run) {
            runs++;
            passed += run.passed() ? 1 : 0;
            disruptions += run.disturbedAt().size();
            whilePending += run.whilePending();
            faultsMet += run.faultsMet();
        }
    }

    synchronized void add(KillRunFindings run) {
        found.add(run);
        row(byHow, run.disruption().toString()).add(run);
        row(byFault, run.fault()).add(run);
    }

    /** One that did not come to its end. */
    synchronized void addFailure(String fault, Disruption how) {
        broken++;
        row(byHow, how.toString()).runs++;
        row(byFault, fault).runs++;
    }

    private static Row row(Map<String, Row> rows, String name) {
        return rows.computeIfAbsent(name, n -> new Row());
    }

    synchronized boolean allPassed() {
        return broken == 0 && found.stream().allMatch(KillRunFindings::passed);
    }

    synchronized String text(int atOnce, Duration took) {
        long passed = found.stream().filter(KillRunFindings::passed).count();
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%n%d runs in %.1f minutes, %d at once: %d passed, %d found something, %d did not come to their end%n",
                found.size() + broken,
                took.toMillis() / 60_000.0,
                atOnce,
                passed,
                found.size() - passed,
                broken));
        text.append(String.format(
                Locale.ROOT,
                "%,d records in %,d objects: %d missing, %d more than once, %d unknown, %d of one place, %d in another hour,"
                        + " %d out of order; audits not clean: %d%n",
                sum(KillRunFindings::records),
                sum(KillRunFindings::objects),
                sum(KillRunFindings::missing),
                sum(KillRunFindings::twice),
                sum(KillRunFindings::unknown),
                sum(KillRunFindings::samePlace),
                sum(KillRunFindings::otherHour),
                sum(KillRunFindings::outOfOrder),
                sum(run -> run.isAuditClean() ? 0 : 1)));
        table(text, "disruption", byHow);
        table(text, "fault", byFault);
        return text.toString();
    }

    private long sum(ToLongFunction<KillRunFindings> what) {
        return found.stream().mapToLong(what).sum();
    }

    private static void table(StringBuilder text, String title, Map<String, Row> rows) {
        text.append(String.format(
                Locale.ROOT,
                "%n%-22s%6s%8s%13s%21s%12s%n",
                title,
                "runs",
                "passed",
                "disruptions",
                "with a batch pending",
                "faults met"));
        rows.forEach((name, row) -> text.append(String.format(
                Locale.ROOT,
                "%-22s%6d%8d%13d%21d%,12d%n",
                name,
                row.runs,
                row.passed,
                row.disruptions,
                row.whilePending,
                row.faultsMet)));
    }
}
