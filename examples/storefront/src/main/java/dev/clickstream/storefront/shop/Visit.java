package dev.clickstream.storefront.shop;

import dev.clickstream.producer.HttpClick;
import dev.clickstream.storefront.edge.ViewerRequest;
import dev.clickstream.storefront.shop.Accounts.Account;
import org.jspecify.annotations.Nullable;

/**
 * One request, and what the shop knows of who made it.
 *
 * @param request as it came
 * @param parameters of its query, or of its form
 * @param click what it tells for events
 * @param token of its session, or null
 * @param session kept, or a new one
 */
record Visit(
        ViewerRequest request,
        Parameters parameters,
        HttpClick click,
        @Nullable String token,
        Sessions.Session session) {

    @Nullable
    Account account() {
        return session.account();
    }

    Basket basket() {
        return session.basket();
    }

    /** Whether the visitor has neither agreed nor refused yet. */
    boolean undecided() {
        return Cookies.value(request, HttpClick.CONSENT_COOKIE) == null;
    }

    /** Neither cookies nor parameters. */
    @Override
    public String toString() {
        return "Visit[" + request + "]";
    }
}
