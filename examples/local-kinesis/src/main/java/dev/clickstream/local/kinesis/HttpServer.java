package dev.clickstream.local.kinesis;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The listening socket on loopback and its event loops. Thread-safe. */
final class HttpServer implements AutoCloseable {

    private static final int MAX_LOOPS = 8;
    private static final long CLOSE_SECONDS = 5;

    private final EventLoopGroup loops;
    private final Channel socket;

    private HttpServer(EventLoopGroup loops, Channel socket) {
        this.loops = loops;
        this.socket = socket;
    }

    /** With TLS or without on the same port, if a context is given. Fails with UncheckedIOException if it is taken. */
    static HttpServer start(int port, Service service, @Nullable SslContext tls) {
        int threads = Math.min(MAX_LOOPS, Math.max(2, Runtime.getRuntime().availableProcessors()));
        EventLoopGroup loops = new NioEventLoopGroup(threads, new DefaultThreadFactory("local-kinesis", true));
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(ProtocolDetector.initializer(() -> new ApiHandler(service), tls))
                .bind(InetAddress.getLoopbackAddress(), port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var unused = loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            String message = "cannot listen on port " + port + " of loopback: "
                    + bound.cause().getMessage();
            throw new UncheckedIOException(message, new IOException(bound.cause()));
        }
        return new HttpServer(loops, bound.channel());
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.localAddress();
    }

    /** Closes the socket and all connections; what is being answered may be cut off. */
    @Override
    public void close() {
        socket.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
