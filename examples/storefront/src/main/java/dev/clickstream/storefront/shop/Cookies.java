package dev.clickstream.storefront.shop;

import dev.clickstream.storefront.edge.ViewerRequest;
import org.jspecify.annotations.Nullable;

/** Cookies of a request, and those that an answer sets. */
final class Cookies {

    private Cookies() {}

    /** A cookie's value, or null. RFC 6265, 4.2.1: pairs, separated by a semicolon and a space. */
    static @Nullable String value(ViewerRequest request, String name) {
        String header = request.header("Cookie");
        if (header == null) {
            return null;
        }
        for (String pair : header.split(";", -1)) {
            String[] parts = pair.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(name)) {
                return parts[1];
            }
        }
        return null;
    }

    /** Of the whole site, out of scripts' reach, gone when the browser closes. */
    static String ofSession(String name, String value) {
        return name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax";
    }

    /** The same, and kept for a year. */
    static String ofAYear(String name, String value) {
        return ofSession(name, value) + "; Max-Age=" + 365 * 24 * 60 * 60;
    }

    static String expired(String name) {
        return name + "=; Path=/; Max-Age=0";
    }

    /** This shop is served over HTTP, to the same machine only; Safari and others would keep no secure cookie of it. */
    static String overHttp(String cookie) {
        return cookie.replace("; Secure", "");
    }
}
