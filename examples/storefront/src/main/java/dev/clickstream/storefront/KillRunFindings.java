package dev.clickstream.storefront;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a {@link KillRun} found.
 *
 * @param seed that made it
 * @param fault that was made until the last record was played
 * @param faultsMet how many calls or entries met it
 * @param disruption what happened to workers
 * @param records that the stream holds in the end
 * @param missing records that are in no object, or never came into the stream
 * @param twice records that are in the objects more often than in the stream
 * @param unknown records in the objects that are not in the stream
 * @param samePlace rows of a place in the stream that another row has, too
 * @param otherHour rows that do not lie under the hour of their arrival
 * @param outOfOrder rows that stand behind a later one in their object
 * @param isAuditClean whether the audit found nothing
 * @param audit what it said
 * @param objects how many there are
 * @param disturbedAt how many there were at each disruption
 * @param whilePending how many disruptions came when a batch was prepared and not committed
 * @param took all of it
 */
record KillRunFindings(
        long seed,
        String fault,
        long faultsMet,
        Disruption disruption,
        long records,
        long missing,
        long twice,
        long unknown,
        long samePlace,
        long otherHour,
        long outOfOrder,
        boolean isAuditClean,
        String audit,
        int objects,
        List<Integer> disturbedAt,
        int whilePending,
        Duration took) {

    boolean passed() {
        return missing + twice + unknown + samePlace + otherHour + outOfOrder == 0 && isAuditClean;
    }

    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "seed %d, %s, fault %s met %d times: %s, %d records, %d missing, %d more than once, %d unknown,"
                                + " %d of one place, %d in another hour, %d out of order, audit %s, %d objects,"
                                + " disturbed at %s, %d times with a batch pending, %.1f s",
                        seed,
                        disruption,
                        fault,
                        faultsMet,
                        passed() ? "passed" : "FAILED",
                        records,
                        missing,
                        twice,
                        unknown,
                        samePlace,
                        otherHour,
                        outOfOrder,
                        isAuditClean ? "clean" : "NOT CLEAN",
                        objects,
                        disturbedAt,
                        whilePending,
                        took.toMillis() / 1000.0)
                + (isAuditClean ? "" : "\n" + audit.indent(4).stripTrailing());
    }
}
