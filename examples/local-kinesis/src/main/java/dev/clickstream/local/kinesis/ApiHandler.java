package dev.clickstream.local.kinesis;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP exchange at a time: collects a request, has its operation answer, writes the answer in the request's codec.
 * One per HTTP/1.1 connection or HTTP/2 stream, on its event loop.
 */
final class ApiHandler extends SimpleChannelInboundHandler<HttpObject> {

    /** A full PutRecords request in base64 and more. */
    private static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

    private static final int FIRST_BODY_BYTES = 4 * 1024;
    private static final byte[] NO_BYTES = {};
    private static final Logger log = LoggerFactory.getLogger(ApiHandler.class);

    private final Service service;
    private @Nullable HttpRequest head;
    private byte[] body = NO_BYTES;
    private int length;

    ApiHandler(Service service) {
        this.service = service;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (message.decoderResult().isFailure()) {
            refuse(ctx, HttpResponseStatus.BAD_REQUEST);
            return;
        }
        if (message instanceof HttpRequest request) {
            head = request;
            length = 0;
            long announced = HttpUtil.getContentLength(request, (long) FIRST_BODY_BYTES);
            body = new byte[(int) Math.min(MAX_BODY_BYTES, Math.max(0, announced))];
        }
        if (message instanceof HttpContent content && head != null) {
            collect(ctx, content.content());
        }
        if (message instanceof LastHttpContent && head != null) {
            HttpRequest request = head;
            head = null;
            respond(ctx, request);
            body = NO_BYTES;
        }
    }

    private void collect(ChannelHandlerContext ctx, ByteBuf content) {
        int size = content.readableBytes();
        if (size > MAX_BODY_BYTES - length) {
            refuse(ctx, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        if (size > body.length - length) {
            body = Arrays.copyOf(body, Math.max(length + size, body.length * 2));
        }
        content.readBytes(body, length, size);
        length += size;
    }

    /** For what is not even a request: nothing more is read from this connection. */
    private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
        head = null;
        body = NO_BYTES;
        FullHttpResponse refusal = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
        HttpUtil.setContentLength(refusal, 0);
        ctx.writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE);
    }

    private void respond(ChannelHandlerContext ctx, HttpRequest request) {
        if (ControlPath.isMeant(request.uri())) {
            String method = request.method().name();
            Supplier<Answer> told = () -> service.control().answer(method, request.uri(), body, length);
            respond(ctx, request, Codec.JSON, told);
            return;
        }
        Codec codec = Codec.of(request.headers().get(HttpHeaderNames.CONTENT_TYPE));
        if (codec == null) {
            ApiException refusal = ApiException.unknownOperation(
                    "expected POST with content type " + Codec.JSON.contentType() + " or " + Codec.CBOR.contentType());
            send(ctx, request, error(ctx, Codec.JSON, refusal));
            return;
        }
        try {
            String target = request.headers().get("X-Amz-Target");
            Operations.Named named = service.operations().byTarget(target == null ? "" : target);
            Fields fields = codec.read(body, length);
            react(ctx, request, codec, Call.of(named.action(), fields, length), () -> named.operation()
                    .answer(fields));
        } catch (ApiException e) {
            send(ctx, request, error(ctx, codec, e));
        }
    }

    /** Counts a call and lets the faults that are set decide what becomes of it. */
    private void react(
            ChannelHandlerContext ctx, HttpRequest request, Codec codec, Call call, Supplier<Answer> operation) {
        service.recorder().record(call);
        Faults.Reaction reaction = service.faults().reactionTo(call);
        Runnable carryOut = () -> carryOut(ctx, request, codec, reaction, operation);
        if (reaction.delay().isZero()) {
            carryOut.run();
        } else {
            later(ctx, reaction.delay(), carryOut);
        }
    }

    private void carryOut(
            ChannelHandlerContext ctx,
            HttpRequest request,
            Codec codec,
            Faults.Reaction reaction,
            Supplier<Answer> operation) {
        reaction.splits().forEach(service::split);
        switch (reaction.ending()) {
            case ANSWERED -> {
                ApiException refusal = reaction.refusal();
                if (refusal == null) {
                    respond(ctx, request, codec, operation);
                } else {
                    send(ctx, request, error(ctx, codec, refusal));
                }
            }
            case RESET -> reset(ctx);
            case ANSWER_LOST -> {
                applyUnanswered(operation);
                var unused = ctx.close();
            }
            case APPLIED_LATE -> {
                var unused = ctx.close();
                later(ctx, reaction.late(), () -> applyUnanswered(operation));
            }
        }
    }

    private static void applyUnanswered(Supplier<Answer> operation) {
        try {
            var unused = operation.get();
        } catch (ApiException e) {
            log.debug("a call whose answer is lost failed as {}", e.code());
        }
    }

    private void respond(ChannelHandlerContext ctx, HttpRequest request, Codec codec, Supplier<Answer> operation) {
        Answer answer;
        try {
            answer = operation.get();
        } catch (ApiException e) {
            send(ctx, request, error(ctx, codec, e));
            return;
        } catch (RuntimeException e) {
            log.error("an operation failed", e);
            send(
                    ctx,
                    request,
                    error(ctx, codec, ApiException.internalFailure("local-kinesis failed; its log says why")));
            return;
        }
        if (answer instanceof Subscription subscription) {
            EventPusher pusher = new EventPusher(subscription, codec, service.limits());
            ctx.pipeline().addLast(pusher);
            pusher.start(ctx.pipeline().context(pusher), requestId());
        } else {
            send(ctx, request, write(ctx, codec, HttpResponseStatus.OK, answer));
        }
    }

    private static void later(ChannelHandlerContext ctx, Duration delay, Runnable task) {
        var unused = ctx.executor().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the whole connection without a farewell; over HTTP/2 with all other streams on it. */
    private static void reset(ChannelHandlerContext ctx) {
        Channel connection = ctx.channel() instanceof Http2StreamChannel stream ? stream.parent() : ctx.channel();
        connection.config().setOption(ChannelOption.SO_LINGER, 0);
        var unused = connection.close();
    }

    private static void send(ChannelHandlerContext ctx, HttpRequest request, FullHttpResponse response) {
        HttpUtil.setContentLength(response, response.content().readableBytes());
        response.headers().set("x-amzn-RequestId", requestId());
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        HttpUtil.setKeepAlive(response, keepAlive);
        ChannelFuture written = ctx.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static FullHttpResponse error(ChannelHandlerContext ctx, Codec codec, ApiException error) {
        return write(ctx, codec, HttpResponseStatus.valueOf(error.status()), out -> {
            out.field("__type", error.code());
            out.field("message", error.text());
        });
    }

    private static FullHttpResponse write(
            ChannelHandlerContext ctx, Codec codec, HttpResponseStatus status, Answer answer) {
        ByteBuf buffer = ctx.alloc().buffer(answer.sizeHint());
        if (answer.hasBody()) {
            try (AnswerWriter out = new AnswerWriter(codec, new ByteBufOutputStream(buffer))) {
                out.structure(() -> answer.writeTo(out));
            } catch (IOException | RuntimeException e) {
                buffer.release();
                throw new IllegalStateException("an answer could not be written", e);
            }
        }
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, buffer);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, codec.contentType());
        return response;
    }

    /** Unique enough for a log line, without the cost of a secure random number. */
    private static String requestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A client that went away is none of our business.
        log.debug("connection closed", cause);
        var unused = ctx.close();
    }
}
