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

    static UncheckedIOException cannotListen(String service, int port, Exception cause) {
        String why = isBindFailure(cause) ? "the port is busy or not allowed" : "it did not start";
        String where = port == 0 ? "a free port" : "port " + port;
        return new UncheckedIOException(
                new IOException("Cannot start " + service + " on " + where + " of " + HOST + ": " + why, cause));
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
