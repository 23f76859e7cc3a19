package dev.clickstream.storefront;

import dev.clickstream.consumer.audit.AuditReport;
import dev.clickstream.consumer.audit.DeliveryAudit;
import java.io.IOException;
import java.nio.file.Path;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * What the library's audit says of objects, beside the stream: it reads positions, where other checks read requests.
 *
 * @param isClean whether it found nothing
 * @param rows in the objects
 * @param failures in the error output
 * @param streamRecords that the stream holds
 * @param dropped records that are nowhere, and may be
 * @param text all of it
 */
record SecondOpinion(boolean isClean, long rows, long failures, long streamRecords, long dropped, String text) {

    /**
     * Audits a bucket.
     *
     * @param prefix where rows must lie
     * @param dropped how many records may give no row
     */
    static SecondOpinion of(Path bucket, String prefix, KinesisAsyncClient kinesis, String streamName, long dropped)
            throws IOException {
        AuditReport report = DeliveryAudit.builder().folder(bucket).prefix(prefix).stream(kinesis, streamName)
                .dropped(dropped)
                .build()
                .run();
        return new SecondOpinion(
                report.isClean(),
                report.rows(),
                report.failures(),
                report.streamRecords(),
                report.dropped(),
                report.toString());
    }
}
