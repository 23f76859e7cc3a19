package dev.clickstream.storefront.dashboard;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask: only pages of this server. Another site's page in the same browser can send requests to loopback, and can
 * give loopback a name of its own. Immutable.
 */
final class SameOrigin {
    private final Set<String> hosts;

    SameOrigin(int port) {
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    }

    /** Whether a request came by this server's own address and not by a name that somebody points at it. */
    boolean isOwnHost(@Nullable String host) {
        return host != null && hosts.contains(host);
    }

    /**
     * Whether a request that changes something may do so. A browser always says which page it comes from; a program without
     * pages says nothing, but then it says JSON, which no form of another site can.
     */
    boolean mayChange(@Nullable String host, @Nullable String origin, @Nullable String contentType) {
        return isOwnHost(host)
                && (origin == null || origin.equals("http://" + host))
                && contentType != null
                && contentType.startsWith("application/json");
    }
}
