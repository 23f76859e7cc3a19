package dev.clickstream.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillIT {

    @TempDir
    Path directory;

    @Test
    void workerKilledThreeTimes_whileTheStreamIsResharded_everyRecordOnce() throws Exception {
        long seed = Long.getLong("storefront.seed", new Random().nextLong(1_000_000));
        System.out.println("KillIT: -Dstorefront.seed=" + seed);

        KillRunFindings found = KillRun.run(seed, KillRunFaults.NONE, Disruption.KILL, directory);

        System.out.println("KillIT: " + found);
        assertThat(found.passed()).as(found.toString()).isTrue();
    }
}
