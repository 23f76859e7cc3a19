package dev.clickstream.producer;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.event.ClickEventBuilder;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP request tells of a click: visitor, page, referrer, user agent, and whether any of that may be kept. Needs
 * no framework: a function gives the request's headers. Immutable and thread-safe.
 *
 * <p>Visitors are known by the cookie {@value #VISITOR_COOKIE}; who has none yet gets one by {@link #setCookie}. Consent
 * is what the cookie {@value #CONSENT_COOKIE} says: {@code granted}, and anything else is no; a browser that sends {@code
 * Sec-GPC: 1} or {@code DNT: 1} has not consented. A site that knows it otherwise says so by {@link #withConsent}.
 *
 * <p>Without consent no cookie is set, and an event has an identity of its own that links it to nothing, no user agent,
 * and addresses without query and fragment. Each event says what held in its property {@code consent}.
 */
public final class HttpClick {

    /** The name of the visitor's cookie. */
    public static final String VISITOR_COOKIE = "cs_visitor";

    /** The name of the cookie that holds {@code granted} if the visitor consents. */
    public static final String CONSENT_COOKIE = "cs_consent";

    /** Whether a visitor may be recognized. */
    public enum Consent {
        /** The visitor said yes. */
        GRANTED,
        /** The visitor said no, or nothing. */
        DENIED
    }

    /** A year; longer than what browsers keep of cookies that scripts have set. */
    private static final int COOKIE_SECONDS = 365 * 24 * 60 * 60;

    /** Others were not set by us, and may be anything. */
    private static final Pattern VISITOR = Pattern.compile("[A-Za-z0-9_-]{8,64}");

    private final String method;
    private final String url;
    private final Function<String, @Nullable String> headers;
    private final Consent consent;
    private final @Nullable String known;
    private final String visitor;

    private HttpClick(
            String method, String url, Function<String, @Nullable String> headers, @Nullable Consent consent) {
        this.method = Objects.requireNonNull(method, "method");
        this.url = Objects.requireNonNull(url, "url");
        this.headers = Objects.requireNonNull(headers, "headers");
        this.consent = consent != null ? consent : consent(headers);
        String cookie = cookie(headers, VISITOR_COOKIE);
        this.known = cookie != null && VISITOR.matcher(cookie).matches() ? cookie : null;
        this.visitor = known != null && this.consent == Consent.GRANTED
                ? known
                : UUID.randomUUID().toString();
    }

    /**
     * Reads a request.
     *
     * @param method such as {@code GET}
     * @param url the address that was asked for, absolute
     * @param headers the value of a header by its name, or null; of several the first, or all joined. In a servlet
     *     {@code request::getHeader}
     * @return what it tells
     */
    public static HttpClick of(String method, String url, Function<String, @Nullable String> headers) {
        return new HttpClick(method, url, headers, null);
    }

    /**
     * The same request with the site's own word on consent.
     *
     * @param value what holds, whatever cookies and headers say
     * @return a new one
     */
    public HttpClick withConsent(Consent value) {
        return new HttpClick(method, url, headers, Objects.requireNonNull(value, "value"));
    }

    /**
     * Whether the visitor may be recognized.
     *
     * @return what cookies and headers, or the site, say
     */
    public Consent consent() {
        return consent;
    }

    /**
     * The header {@code Set-Cookie} of the answer, so that the visitor is recognized next time: for a year, on the whole
     * site, over HTTPS only, out of scripts' reach.
     *
     * @return its value; empty if the visitor has a cookie already, or has not consented
     */
    public Optional<String> setCookie() {
        if (consent == Consent.DENIED || known != null) {
            return Optional.empty();
        }
        return Optional.of(VISITOR_COOKIE + "=" + visitor + "; Path=/; Max-Age=" + COOKIE_SECONDS
                + "; Secure; HttpOnly; SameSite=Lax");
    }

    /**
     * An event with all that the request tells; what the site knows more is added to it.
     *
     * @param eventName such as {@code page_view}
     * @return a builder
     */
    public ClickEventBuilder event(String eventName) {
        ClickEventBuilder event = ClickEvent.builder(eventName)
                .userPseudoId(visitor)
                .pageLocation(kept(url))
                .pageReferrer(kept(headers.apply("Referer")))
                .requestMethod(method)
                .requestHost(headers.apply("Host"))
                .property("consent", consent == Consent.GRANTED ? "granted" : "denied");
        return consent == Consent.GRANTED ? event.deviceUserAgent(headers.apply("User-Agent")) : event;
    }

    /** Queries and fragments can hold anything, names and addresses of mail too. */
    private @Nullable String kept(@Nullable String address) {
        return address == null || consent == Consent.GRANTED ? address : address.split("[?#]", 2)[0];
    }

    private static Consent consent(Function<String, @Nullable String> headers) {
        boolean refused = "1".equals(headers.apply("Sec-GPC")) || "1".equals(headers.apply("DNT"));
        return !refused && "granted".equals(cookie(headers, CONSENT_COOKIE)) ? Consent.GRANTED : Consent.DENIED;
    }

    /** RFC 6265, 4.2.1: pairs, separated by a semicolon and a space. */
    private static @Nullable String cookie(Function<String, @Nullable String> headers, String name) {
        String cookies = headers.apply("Cookie");
        if (cookies == null) {
            return null;
        }
        for (String pair : cookies.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                return pair.substring(equals + 1).strip();
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "HttpClick[" + method + ", consent " + consent + "]";
    }
}
