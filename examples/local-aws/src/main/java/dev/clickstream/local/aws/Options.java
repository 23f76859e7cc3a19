package dev.clickstream.local.aws;

import dev.clickstream.local.kinesis.LocalKinesis;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program's command line. */
final class Options {
    static final String USAGE =
            """
            Kinesis, DynamoDB and S3 on this machine, until the standard input ends.
              --kinesis-port <port>   default 0: any that is free
              --stream <name:shards>  a Kinesis stream that is there from the start; may be repeated
              --dynamodb-port <port>  default 0
              --s3-port <port>        default 0
              --directory <folder>    where S3 keeps its objects; default: a temporary one, deleted at the end
              --help                  this text""";

    private static final Pattern STREAM = Pattern.compile("([^:]+):(\\d{1,4})");

    private Options() {}

    static LocalAws.Builder parse(List<String> args) {
        LocalKinesis.Builder kinesis = LocalKinesis.builder();
        LocalAws.Builder builder = LocalAws.builder().kinesis(kinesis);
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--kinesis-port" -> kinesis.port(port(option, rest));
                case "--stream" -> stream(kinesis, value(option, rest));
                case "--dynamodb-port" -> builder.dynamoDbPort(port(option, rest));
                case "--s3-port" -> builder.s3Port(port(option, rest));
                case "--directory" -> builder.directory(path(option, rest));
                default -> throw new IllegalArgumentException("unknown option " + option + ", see --help");
            }
        }
        return builder;
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value, see --help");
        }
        return rest.next();
    }

    private static void stream(LocalKinesis.Builder kinesis, String value) {
        Matcher parts = STREAM.matcher(value);
        if (!parts.matches()) {
            throw new IllegalArgumentException("--stream must be name:shards, such as clicks:2, was " + value);
        }
        kinesis.stream(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    private static int port(String option, Iterator<String> rest) {
        String value = value(option, rest);
        try {
            return Loopback.requirePort(option, Integer.parseInt(value));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " must be a number from 0 to 65535, was " + value);
        }
    }

    private static Path path(String option, Iterator<String> rest) {
        String value = value(option, rest);
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(option + " must be a folder, was " + value);
        }
    }
}
