package dev.clickstream.local.kinesis;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.OptionalSslHandler;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a connection's first bytes, if they are TLS at those inside, and lays its pipeline: HTTP/2 if they are its
 * preface, HTTP/1.1 otherwise. Both end in the same handler, one per connection or per HTTP/2 stream.
 */
final class ProtocolDetector extends ByteToMessageDecoder {

    private static final int STREAM_WINDOW = 4 * 1024 * 1024;
    private static final int CONNECTION_WINDOW = 32 * 1024 * 1024;
    private static final int MAX_FRAME = 1024 * 1024;
    private static final int MAX_STREAMS = 1_000;

    private final Supplier<ApiHandler> handlers;

    private ProtocolDetector(Supplier<ApiHandler> handlers) {
        this.handlers = handlers;
    }

    /** Prepares a new connection. */
    static ChannelInitializer<SocketChannel> initializer(Supplier<ApiHandler> handlers, @Nullable SslContext tls) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                if (tls != null) {
                    channel.pipeline().addLast(new OptionalSslHandler(tls));
                }
                channel.pipeline().addLast(new ProtocolDetector(handlers));
            }
        };
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
        try {
            int length = Math.min(in.readableBytes(), preface.readableBytes());
            boolean matches = in.slice(in.readerIndex(), length).equals(preface.slice(0, length));
            if (matches && length < preface.readableBytes()) {
                return;
            }
            if (matches) {
                layHttp2(ctx);
            } else {
                layHttp1(ctx.pipeline());
            }
            ctx.pipeline().remove(this);
        } finally {
            preface.release();
        }
    }

    private void layHttp1(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpServerCodec(), new HttpServerExpectContinueHandler(), handlers.get());
    }

    private void layHttp2(ChannelHandlerContext ctx) {
        Http2Settings settings = Http2Settings.defaultSettings()
                .initialWindowSize(STREAM_WINDOW)
                .maxFrameSize(MAX_FRAME)
                .maxConcurrentStreams(MAX_STREAMS);
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.addLast(
                Http2FrameCodecBuilder.forServer().initialSettings(settings).build());
        pipeline.addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(io.netty.channel.Channel stream) {
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true), handlers.get());
            }
        }));
        // A connection starts with 64 KiB, whatever the settings say.
        var unused = pipeline.write(
                new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW - Http2CodecUtil.DEFAULT_WINDOW_SIZE));
    }
}
