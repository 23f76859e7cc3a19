package dev.clickstream.smoke;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** A client of DynamoDB Local that keeps the tags of tables itself, as DynamoDB Local refuses them. */
final class TaggedDynamoDb {
    private final DynamoDbAsyncClient local;
    private final Map<String, List<Tag>> tags = new ConcurrentHashMap<>();

    TaggedDynamoDb(DynamoDbAsyncClient local) {
        this.local = local;
    }

    void tag(String table, List<Tag> of) {
        tags.put(arn(table), List.copyOf(of));
    }

    private String arn(String table) {
        return local.describeTable(r -> r.tableName(table)).join().table().tableArn();
    }

    DynamoDbAsyncClient client() {
        return (DynamoDbAsyncClient) Proxy.newProxyInstance(
                TaggedDynamoDb.class.getClassLoader(),
                new Class<?>[] {DynamoDbAsyncClient.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("listTagsOfResource")) {
                        return list(arguments[0]);
                    }
                    try {
                        return method.invoke(local, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** In the form that the account uses. */
    @SuppressWarnings("unchecked")
    private CompletableFuture<ListTagsOfResourceResponse> list(Object settings) {
        ListTagsOfResourceRequest.Builder request = ListTagsOfResourceRequest.builder();
        ((Consumer<ListTagsOfResourceRequest.Builder>) settings).accept(request);
        return CompletableFuture.completedFuture(ListTagsOfResourceResponse.builder()
                .tags(tags.getOrDefault(request.build().resourceArn(), List.of()))
                .build());
    }
}
