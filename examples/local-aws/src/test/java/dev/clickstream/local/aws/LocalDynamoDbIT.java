package dev.clickstream.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class LocalDynamoDbIT {
    private static final String TABLE = "alerts";

    private static LocalAws aws;
    private static DynamoDbAsyncClient dynamoDb;

    @BeforeAll
    static void start() {
        aws = LocalAws.start();
        dynamoDb = aws.clients().dynamoDb();
        dynamoDb.createTable(b -> b.tableName(TABLE)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("id")
                                .keyType(KeyType.HASH)
                                .build())
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("id")
                                .attributeType(ScalarAttributeType.S)
                                .build()))
                .join();
    }

    @AfterAll
    static void close() {
        aws.close();
    }

    @Test
    void conditionalPut_whenTheItemIsThere_isRefused() {
        putOnce("a");

        assertThatThrownBy(() -> putOnce("a"))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ConditionalCheckFailedException.class);
    }

    @Test
    void conditionalUpdate_whenTheCounterMoved_isRefused() {
        putOnce("b");

        assertThat(increment("b", 0)).isEqualTo("1");
        assertThatThrownBy(() -> increment("b", 0)).hasCauseInstanceOf(ConditionalCheckFailedException.class);
        assertThat(increment("b", 1)).isEqualTo("2");
    }

    @Test
    void table_whenUnknown_isNotFound() {
        assertThatThrownBy(() ->
                        dynamoDb.describeTable(b -> b.tableName("nowhere")).join())
                .hasCauseInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void tables_whenAnotherInstanceRuns_areItsOwn() {
        try (LocalAws other = LocalAws.start()) {
            assertThat(other.clients().dynamoDb().listTables().join().tableNames())
                    .isEmpty();
            assertThat(dynamoDb.listTables().join().tableNames()).containsExactly(TABLE);
        }
    }

    private static void putOnce(String id) {
        dynamoDb.putItem(b -> b.tableName(TABLE)
                        .item(Map.of("id", AttributeValue.fromS(id), "counter", AttributeValue.fromN("0")))
                        .conditionExpression("attribute_not_exists(id)"))
                .join();
    }

    private static String increment(String id, int expected) {
        return dynamoDb.updateItem(b -> b.tableName(TABLE)
                        .key(Map.of("id", AttributeValue.fromS(id)))
                        .updateExpression("SET #c = #c + :one")
                        .conditionExpression("#c = :expected")
                        .expressionAttributeNames(Map.of("#c", "counter"))
                        .expressionAttributeValues(Map.of(
                                ":one", AttributeValue.fromN("1"),
                                ":expected", AttributeValue.fromN(Integer.toString(expected))))
                        .returnValues(ReturnValue.ALL_NEW))
                .join()
                .attributes()
                .get("counter")
                .n();
    }
}
