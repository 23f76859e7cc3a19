package dev.clickstream.local.kinesis;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A message of {@code application/vnd.amazon.eventstream}: total length, headers' length, their checksum, headers,
 * payload, a checksum of all. Source: Amazon Transcribe Developer Guide, "Event stream encoding".
 */
final class EventFrame {

    static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

    private static final int PRELUDE = 12;
    private static final int CHECKSUM = 4;
    private static final int STRING = 7;

    private EventFrame() {}

    static ByteBuf event(ByteBufAllocator allocator, Codec codec, String type, Answer payload) {
        Map<String, String> headers =
                Map.of(":message-type", "event", ":event-type", type, ":content-type", codec.contentType());
        return frame(allocator, codec, headers, payload);
    }

    static ByteBuf exception(ByteBufAllocator allocator, Codec codec, ApiException error) {
        Map<String, String> headers = Map.of(
                ":message-type", "exception",
                ":exception-type", error.code(),
                ":content-type", codec.contentType());
        return frame(allocator, codec, headers, out -> out.field("message", error.text()));
    }

    private static ByteBuf frame(ByteBufAllocator allocator, Codec codec, Map<String, String> headers, Answer payload) {
        ByteBuf frame = allocator.buffer(PRELUDE + 256 + payload.sizeHint() + CHECKSUM);
        frame.writeZero(PRELUDE);
        headers.forEach((name, value) -> writeHeader(frame, name, value));
        int headersLength = frame.readableBytes() - PRELUDE;
        try (AnswerWriter out = new AnswerWriter(codec, new ByteBufOutputStream(frame))) {
            out.structure(() -> payload.writeTo(out));
        } catch (IOException | RuntimeException e) {
            frame.release();
            throw new IllegalStateException("an event could not be written", e);
        }
        frame.setInt(0, frame.readableBytes() + CHECKSUM);
        frame.setInt(4, headersLength);
        frame.setInt(8, checksum(frame, PRELUDE - CHECKSUM));
        return frame.writeInt(checksum(frame, frame.readableBytes()));
    }

    private static void writeHeader(ByteBuf frame, String name, String value) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
        frame.writeByte(nameBytes.length).writeBytes(nameBytes).writeByte(STRING);
        frame.writeShort(valueBytes.length).writeBytes(valueBytes);
    }

    private static int checksum(ByteBuf frame, int length) {
        CRC32 crc = new CRC32();
        crc.update(frame.nioBuffer(0, length));
        return (int) crc.getValue();
    }
}
