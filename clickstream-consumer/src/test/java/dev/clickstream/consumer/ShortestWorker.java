package dev.clickstream.consumer;

import dev.clickstream.consumer.s3.S3Sink;
import java.time.Duration;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The shortest worker, as the README shows it. */
final class ShortestWorker {
    private ShortestWorker() {}

    static ClickstreamWorker start(
            KinesisAsyncClient kinesis,
            DynamoDbAsyncClient dynamoDb,
            CloudWatchAsyncClient cloudWatch,
            S3Client s3,
            KclCustomizer settings) {
        // readme:start
        WorkerBuilder worker = ClickstreamWorker.builder("clicks-to-s3", "clicks")
                .kinesis(kinesis)
                .dynamoDb(dynamoDb)
                .cloudWatch(cloudWatch)
                .sink(S3Sink.builder(s3, "my-bucket")
                        .prefix("clicks/!{timestamp:yyyy/MM/dd/HH}/")
                        .errorOutputPrefix("errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/")
                        .build())
                .bufferingInterval(Duration.ofSeconds(1));
        // readme:end
        return worker.kcl(settings).build().start();
    }
}
