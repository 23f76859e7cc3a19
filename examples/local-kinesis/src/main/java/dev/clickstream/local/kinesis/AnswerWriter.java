package dev.clickstream.local.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes an answer's structures in the codec of the request. Fields that are null are left out. One thread. */
final class AnswerWriter implements Closeable {

    private final Codec codec;
    private final JsonGenerator generator;

    AnswerWriter(Codec codec, OutputStream out) throws IOException {
        this.codec = codec;
        this.generator = codec.generator(out);
    }

    /** What stands between the braces of a structure. */
    interface Body {
        void write() throws IOException;
    }

    /** An element of a list. */
    interface Element<T> {
        void write(T element) throws IOException;
    }

    void structure(Body body) throws IOException {
        generator.writeStartObject();
        body.write();
        generator.writeEndObject();
    }

    void structure(String name, Body body) throws IOException {
        generator.writeFieldName(name);
        structure(body);
    }

    void list(String name, Body body) throws IOException {
        generator.writeArrayFieldStart(name);
        body.write();
        generator.writeEndArray();
    }

    /** A list of structures. */
    <T> void structures(String name, Iterable<T> elements, Element<T> element) throws IOException {
        list(name, () -> {
            for (T one : elements) {
                structure(() -> element.write(one));
            }
        });
    }

    void strings(String name, Iterable<String> values) throws IOException {
        list(name, () -> {
            for (String value : values) {
                generator.writeString(value);
            }
        });
    }

    void field(String name, @Nullable String value) throws IOException {
        if (value != null) {
            generator.writeStringField(name, value);
        }
    }

    void field(String name, long value) throws IOException {
        generator.writeNumberField(name, value);
    }

    void flag(String name, boolean value) throws IOException {
        generator.writeBooleanField(name, value);
    }

    void timestamp(String name, long millis) throws IOException {
        generator.writeFieldName(name);
        codec.writeTimestamp(generator, millis);
    }

    void blob(String name, byte[] bytes, int offset, int length) throws IOException {
        generator.writeFieldName(name);
        generator.writeBinary(bytes, offset, length);
    }

    /** A string that is already UTF-8. */
    void utf8(String name, byte[] bytes, int offset, int length) throws IOException {
        generator.writeFieldName(name);
        generator.writeUTF8String(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        generator.close();
    }
}
