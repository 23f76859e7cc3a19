package dev.clickstream.local.kinesis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The registration of consumers for enhanced fan-out. */
final class ConsumerOperations {

    private static final int MAX_PAGE = 10_000;
    private static final int DEFAULT_PAGE = 100;

    private final Account account;

    ConsumerOperations(Account account) {
        this.account = account;
    }

    Answer register(Fields request) {
        String name = request.string("ConsumerName");
        new Constraints()
                .notNull(name, "consumerName")
                .name(name, "consumerName")
                .check();
        Stream stream = account.stream(streamName(request));
        StreamConsumer consumer = stream.consumers().register(name == null ? "" : name);
        // As the real one answers: it becomes active a moment later, which is when it is described.
        return out -> out.structure("Consumer", () -> write(out, consumer, "CREATING"));
    }

    Answer deregister(Fields request) {
        StreamConsumer consumer = consumer(request);
        account.stream(StreamNames.fromArn(consumer.streamArn())).consumers().deregister(consumer);
        return Answer.EMPTY;
    }

    Answer describe(Fields request) {
        StreamConsumer consumer = consumer(request);
        return out -> out.structure("ConsumerDescription", () -> {
            write(out, consumer, "ACTIVE");
            out.field("StreamARN", consumer.streamArn());
        });
    }

    Answer list(Fields request) {
        Integer maxResults = request.integer("MaxResults");
        new Constraints().range(maxResults, "maxResults", 1, MAX_PAGE).check();
        Stream stream = account.stream(streamName(request));
        String after = decoded(request.string("NextToken"));
        List<StreamConsumer> rest = stream.consumers().all().stream()
                .filter(consumer -> consumer.name().compareTo(after) > 0)
                .toList();
        List<StreamConsumer> page =
                rest.subList(0, Math.min(rest.size(), maxResults == null ? DEFAULT_PAGE : maxResults));
        boolean more = page.size() < rest.size();
        return out -> {
            out.structures("Consumers", page, consumer -> write(out, consumer, "ACTIVE"));
            out.field("NextToken", more ? encoded(page.get(page.size() - 1).name()) : null);
        };
    }

    private static String encoded(String name) {
        return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(@Nullable String token) {
        try {
            return token == null ? "" : new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidArgument("NextToken is invalid.");
        }
    }

    private static void write(AnswerWriter out, StreamConsumer consumer, String status) throws IOException {
        out.field("ConsumerName", consumer.name());
        out.field("ConsumerARN", consumer.arn());
        out.field("ConsumerStatus", status);
        out.timestamp("ConsumerCreationTimestamp", consumer.createdAtMillis());
    }

    private static String streamName(Fields request) {
        String arn = request.string("StreamARN");
        new Constraints().notNull(arn, "streamARN").check();
        return StreamNames.fromArn(arn == null ? "" : arn);
    }

    /** By its ARN, or by its name and the stream's ARN. */
    private StreamConsumer consumer(Fields request) {
        String arn = request.string("ConsumerARN");
        String name = request.string("ConsumerName");
        if (arn != null) {
            return account.consumer(StreamNames.fromArn(arn), arn);
        }
        if (name == null || request.string("StreamARN") == null) {
            throw ApiException.invalidArgument(
                    "Either ConsumerARN or both StreamARN and ConsumerName should be provided.");
        }
        return account.stream(streamName(request)).consumers().byName(name);
    }
}
