package dev.clickstream.local.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;

/** Where everything here listens, and what is said when it cannot. */
final class Loopback {
    static final String HOST = "127.0.0.1";

    private Loopback() {}

    static URI endpoint(int port) {
        return URI.create("http://" + HOST + ":" + port);
    }

    static int requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " must be from 0 to 65535, was " + port);
        }
        return port;
    }

    static UncheckedIOException cannotStart(String service, int port, Exception cause) {
        String where = port == 0 ? "a free port" : "port " + port;
        String why = isBindFailure(cause) ? "the port is busy or not allowed" : "it did not start";
        return new UncheckedIOException(
                "Cannot start " + service + " on " + where + " of " + HOST + ": " + why, asIo(cause));
    }

    private static IOException asIo(Exception cause) {
        return cause instanceof IOException io ? io : new IOException(cause);
    }

    private static boolean isBindFailure(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof BindException) {
                return true;
            }
        }
        return false;
    }
}
