package dev.clickstream.local.kinesis;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Pushes a subscription's events to its connection as records come and as fast as the reader takes them. On the
 * connection's event loop; only {@link #told} comes from other threads.
 */
final class EventPusher extends ChannelInboundHandlerAdapter {

    private static final String EVENT = "SubscribeToShardEvent";
    private static final int TICKS_A_HEARTBEAT = 5;
    private static final long BYTES_PER_SECOND = 2 * 1_048_576;

    private final Subscription subscription;
    private final Codec codec;
    private final ThroughputLimits limits;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private @Nullable ScheduledFuture<?> ticker;
    private int quietTicks;
    private boolean resting;
    /** What is written is often sent at once, and {@link #channelWritabilityChanged} called from inside the write. */
    private boolean pushing;

    private boolean over;

    EventPusher(Subscription subscription, Codec codec, ThroughputLimits limits) {
        this.subscription = subscription;
        this.codec = codec;
        this.limits = limits;
    }

    /** Answers the call and begins to push; the handler must have been added to the connection's pipeline. */
    void start(ChannelHandlerContext ctx, String requestId) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, EventFrame.CONTENT_TYPE);
        response.headers().set("x-amzn-RequestId", requestId);
        HttpUtil.setTransferEncodingChunked(response, true);
        pushing = true;
        var unused = ctx.write(response);
        send(ctx, EventFrame.event(ctx.alloc(), codec, "initial-response", subscription));
        Subscription.Event next = subscription.next();
        Subscription.Event first = next == null ? subscription.heartbeat() : next;
        write(ctx, first);
        rest(ctx, first.bytes());
        pushing = false;
        ticker = ctx.executor().scheduleAtFixedRate(() -> tick(ctx), 1, 1, TimeUnit.SECONDS);
        subscription.listen(() -> told(ctx));
        // Also if it is gone already, as after a delay it may be.
        ctx.channel().closeFuture().addListener(closed -> stop());
    }

    /** There may be more. */
    private void told(ChannelHandlerContext ctx) {
        if (scheduled.compareAndSet(false, true)) {
            ctx.executor().execute(() -> {
                scheduled.set(false);
                push(ctx);
            });
        }
    }

    private void tick(ChannelHandlerContext ctx) {
        push(ctx);
        if (!over && ++quietTicks >= TICKS_A_HEARTBEAT && ctx.channel().isWritable()) {
            write(ctx, subscription.heartbeat());
        }
    }

    private void push(ChannelHandlerContext ctx) {
        if (pushing) {
            return;
        }
        pushing = true;
        try {
            pushAll(ctx);
        } finally {
            pushing = false;
        }
    }

    private void pushAll(ChannelHandlerContext ctx) {
        while (!over && !resting && ctx.channel().isWritable()) {
            ApiException ended = subscription.ended();
            if (ended != null) {
                send(ctx, EventFrame.exception(ctx.alloc(), codec, ended));
                finish(ctx);
                return;
            }
            Subscription.Event event = subscription.isOver() ? null : subscription.next();
            if (event != null) {
                write(ctx, event);
                rest(ctx, event.bytes());
            }
            if (subscription.isOver()) {
                finish(ctx);
            }
            if (event == null) {
                return;
            }
        }
    }

    private void write(ChannelHandlerContext ctx, Subscription.Event event) {
        quietTicks = 0;
        send(ctx, EventFrame.event(ctx.alloc(), codec, EVENT, event));
    }

    private static void send(ChannelHandlerContext ctx, ByteBuf frame) {
        var unused = ctx.writeAndFlush(new DefaultHttpContent(frame));
    }

    /** Two megabytes a second, for each consumer and shard. */
    private void rest(ChannelHandlerContext ctx, long bytes) {
        if (limits == ThroughputLimits.OFF || bytes == 0) {
            return;
        }
        resting = true;
        var unused = ctx.executor()
                .schedule(
                        () -> {
                            resting = false;
                            push(ctx);
                        },
                        TimeUnit.SECONDS.toNanos(bytes) / BYTES_PER_SECOND,
                        TimeUnit.NANOSECONDS);
    }

    private void finish(ChannelHandlerContext ctx) {
        stop();
        // A reader that has seen the end asks again, over this connection or another.
        ctx.writeAndFlush(new DefaultLastHttpContent()).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        ctx.pipeline().remove(this);
    }

    private void stop() {
        over = true;
        subscription.stop();
        if (ticker != null) {
            ticker.cancel(false);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        push(ctx);
        ctx.fireChannelWritabilityChanged();
    }
}
