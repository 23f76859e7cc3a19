package dev.clickstream.local.kinesis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two forms in which the SDKs speak to Kinesis. Thread-safe. */
enum Codec {

    /** Blobs are binary, timestamps milliseconds with tag 1: AWS SDK 2's default for Kinesis. */
    CBOR("application/x-amz-cbor-1.1", new CBORFactory()) {
        @Override
        Instant timestamp(Number wire) {
            return Instant.ofEpochMilli(wire.longValue());
        }

        @Override
        void writeTimestamp(JsonGenerator generator, long millis) throws IOException {
            ((CBORGenerator) generator).writeTag(TAG_TIMESTAMP);
            generator.writeNumber(millis);
        }
    },

    /** Blobs are base64, timestamps seconds with decimals. */
    JSON("application/x-amz-json-1.1", new JsonFactory()) {
        @Override
        Instant timestamp(Number wire) {
            return Instant.ofEpochMilli(Math.round(wire.doubleValue() * 1_000));
        }

        @Override
        void writeTimestamp(JsonGenerator generator, long millis) throws IOException {
            generator.writeNumber(BigDecimal.valueOf(millis, 3));
        }
    };

    private static final int TAG_TIMESTAMP = 1;

    private final String contentType;

    @SuppressWarnings("ImmutableEnumChecker") // never changed after it is made
    private final JsonFactory factory;

    Codec(String contentType, JsonFactory factory) {
        this.contentType = contentType;
        this.factory = factory;
    }

    /** Null for any other content type; parameters such as charset are ignored. */
    static @Nullable Codec of(@Nullable String contentType) {
        for (Codec codec : values()) {
            if (contentType != null && contentType.startsWith(codec.contentType)) {
                return codec;
            }
        }
        return null;
    }

    abstract Instant timestamp(Number wire);

    abstract void writeTimestamp(JsonGenerator generator, long millis) throws IOException;

    String contentType() {
        return contentType;
    }

    JsonGenerator generator(OutputStream out) throws IOException {
        return factory.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /** Fails with SerializationException on anything but one structure. */
    Fields read(byte[] body, int length) {
        try (JsonParser parser = factory.createParser(body, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw ApiException.serialization("a structure is expected");
            }
            return structure(parser);
        } catch (IOException e) {
            // Not the parser's own text: it quotes the request.
            throw ApiException.serialization("the request is not well-formed " + name());
        }
    }

    private Fields structure(JsonParser parser) throws IOException {
        Fields fields = new Fields(this);
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            Object value = value(parser, parser.nextToken());
            if (value != null) {
                fields.add(name, value);
            }
        }
        return fields;
    }

    private @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> structure(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_EMBEDDED_OBJECT -> parser.getBinaryValue();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw ApiException.serialization("unexpected " + token);
        };
    }

    private List<Object> list(JsonParser parser) throws IOException {
        List<Object> list = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            Object value = value(parser, token);
            if (value == null) {
                throw ApiException.serialization("a list holds a null");
            }
            list.add(value);
        }
        return list;
    }
}
