package dev.clickstream.local.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class MainIT {
    private static final List<String> ONLY_THROUGH_KCL = List.of(
            "amazon-kinesis-client",
            "dynamodb-lock-client",
            "dynamodb-enhanced",
            "url-connection-client",
            "joda-time",
            "jsr305",
            "kotlin",
            "protobuf",
            "opentelemetry",
            "jimfs",
            "schema-registry",
            "commons-collections",
            "commons-validator",
            "/sts/");

    @TempDir
    Path folder;

    private Process program;

    @AfterEach
    void end() {
        if (program != null) {
            program.destroyForcibly();
        }
    }

    @Test
    void program_untilItsInputEnds_servesOtherProcesses() throws Exception {
        Map<String, String> said = startProgram("--directory", folder.toString(), "--stream", "clicks:2");

        assertThat(said).containsOnlyKeys("kinesis", "dynamodb", "s3", "directory");
        assertThat(said).containsEntry("directory", folder.toString());
        try (LocalClients clients = LocalClients.of(
                URI.create(said.get("kinesis")), URI.create(said.get("dynamodb")), URI.create(said.get("s3")))) {
            assertThat(clients.kinesis().listStreams().join().streamNames()).containsExactly("clicks");
            useDynamoDb(clients.dynamoDb());
            clients.s3().createBucket(b -> b.bucket("lake"));
            clients.s3().putObject(b -> b.bucket("lake").key("k"), RequestBody.fromString("v"));
        }
        assertThat(folder.resolve("lake/k")).hasContent("v");

        program.getOutputStream().close();

        assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
        assertThat(errors()).isEmpty();
    }

    @Test
    void program_whenTerminated_deletesItsTemporaryFolder() throws Exception {
        Path objects = Path.of(startProgram().get("directory"));
        assertThat(objects).isDirectory();

        program.destroy();

        assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(objects).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--kinesis-port, Cannot start Kinesis: cannot listen on port %d of loopback",
        "--dynamodb-port, Cannot start DynamoDB on port %d of 127.0.0.1: the port is busy or not allowed",
        "--s3-port, Cannot start S3 on port %d of 127.0.0.1: the port is busy or not allowed",
    })
    void port_whenItIsBusy_isOneLineAndExitCode2(String option, String message) throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = busy.getLocalPort();

            assertRefused(String.format(message, port), option, Integer.toString(port));
        }
    }

    @Test
    void option_whenItIsWrong_isOneLineAndExitCode2() {
        assertRefused("unknown option --color, see --help", "--color");
        assertRefused("--s3-port needs a value, see --help", "--s3-port");
        assertRefused("--s3-port must be a number from 0 to 65535, was x", "--s3-port", "x");
        assertRefused("--stream must be name:shards, such as clicks:2, was clicks", "--stream", "clicks");
        assertRefused("--kinesis-port must be from 0 to 65535, was 65536", "--kinesis-port", "65536");
    }

    @Test
    void help_printsEveryOption() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int code = Main.run(List.of("--help"), InputStream.nullInputStream(), print(out), System.err);

        assertThat(code).isZero();
        assertThat(out.toString(UTF_8)).contains("--kinesis-port", "--dynamodb-port", "--s3-port", "--directory");
    }

    private static void assertRefused(String message, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int code = Main.run(List.of(args), InputStream.nullInputStream(), print(out), print(err));

        assertThat(err.toString(UTF_8).lines()).singleElement().asString().startsWith("local-aws: " + message);
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(code).isEqualTo(2);
    }

    private static PrintStream print(ByteArrayOutputStream into) {
        return new PrintStream(into, true, UTF_8);
    }

    /** What it says of where it is, once it runs. */
    private Map<String, String> startProgram(String... args) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                withoutKcl(System.getProperty("java.class.path")),
                Main.class.getName());
        builder.command().addAll(List.of(args));
        program = builder.start();
        Map<String, String> said = new LinkedHashMap<>();
        BufferedReader out = program.inputReader(UTF_8);
        while (!said.containsKey("directory")) {
            String line = out.readLine();
            assertThat(line).as("errors: %s", line == null ? errors() : "none").isNotNull();
            String[] pair = line.split("=", 2);
            said.put(pair[0], pair[1]);
        }
        return said;
    }

    /** Users need not have KCL; what it brings must not be what makes the stand-ins work. */
    private static String withoutKcl(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> ONLY_THROUGH_KCL.stream().noneMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void useDynamoDb(DynamoDbAsyncClient dynamoDb) {
        Map<String, AttributeValue> row =
                Map.of("leaseKey", AttributeValue.fromS("a"), "leaseOwner", AttributeValue.fromS("w"));
        dynamoDb.createTable(r -> r.tableName("leases")
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .keySchema(hash("leaseKey"))
                        .attributeDefinitions(text("leaseKey"), text("leaseOwner"))
                        .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                                .indexName("by-owner")
                                .keySchema(hash("leaseOwner"))
                                .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))
                                .build()))
                .join();
        dynamoDb.putItem(r -> r.tableName("leases").item(row).conditionExpression("attribute_not_exists(leaseKey)"))
                .join();
        assertThat(dynamoDb.query(r -> r.tableName("leases")
                                .indexName("by-owner")
                                .keyConditionExpression("leaseOwner = :w")
                                .expressionAttributeValues(Map.of(":w", AttributeValue.fromS("w"))))
                        .join()
                        .items())
                .containsExactly(row);
        assertThat(dynamoDb.describeTable(r -> r.tableName("leases"))
                        .join()
                        .table()
                        .creationDateTime())
                .isNotNull();
    }

    private static KeySchemaElement hash(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.HASH)
                .build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private String errors() {
        return program.errorReader(UTF_8)
                .lines()
                .filter(line -> !line.startsWith("WARNING: ")) // the JVM's own, from JDK 24 on, of native code
                .collect(Collectors.joining("\n"));
    }
}
