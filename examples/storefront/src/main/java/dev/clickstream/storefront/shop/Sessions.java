package dev.clickstream.storefront.shop;

import dev.clickstream.storefront.shop.Accounts.Account;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Baskets and logins, by the token in a cookie that the shop needs to work and that tells nothing else. Thread-safe. The
 * last {@value #MOST} are kept.
 */
final class Sessions {

    static final String COOKIE = "shop_session";
    private static final int MOST = 20_000;

    private final Map<String, Session> byToken = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
            return size() > MOST;
        }
    }; // guarded by itself

    /**
     * Of one browser.
     *
     * @param basket what it holds
     * @param account who has logged in, or null
     */
    record Session(Basket basket, @Nullable Account account) {}

    /** The session of this token, or an empty one that is not kept yet. */
    Session find(@Nullable String token) {
        synchronized (byToken) {
            Session session = token == null ? null : byToken.get(token);
            return session == null ? new Session(new Basket(), null) : session;
        }
    }

    boolean knows(@Nullable String token) {
        synchronized (byToken) {
            return token != null && byToken.containsKey(token);
        }
    }

    void put(String token, Session session) {
        synchronized (byToken) {
            byToken.put(token, session);
        }
    }

    void remove(@Nullable String token) {
        synchronized (byToken) {
            byToken.remove(token);
        }
    }
}
