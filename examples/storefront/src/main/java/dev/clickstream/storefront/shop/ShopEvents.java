package dev.clickstream.storefront.shop;

import dev.clickstream.event.ClickEventBuilder;
import dev.clickstream.producer.ClickstreamProducer;
import dev.clickstream.producer.HttpClick;
import dev.clickstream.storefront.shop.Accounts.Account;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What only the backend knows for certain, sent into the stream: who signed up and logged in, what went into a basket, and
 * what was bought. The log tells of pages, and of a click on Buy; that one is {@code begin_checkout}, so that no purchase
 * counts twice. Thread-safe.
 */
final class ShopEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ShopEvents.class);

    private final ClickstreamProducer producer;

    ShopEvents(ClickstreamProducer producer) {
        this.producer = producer;
    }

    void signUp(HttpClick click, Account account) {
        send(known(click, "sign_up", account));
    }

    void login(HttpClick click, Account account) {
        send(known(click, "login", account));
    }

    void addToCart(HttpClick click, @Nullable Account account, Article article) {
        send(known(click, "add_to_cart", account).item(article.item(1)));
    }

    void purchase(HttpClick click, @Nullable Account account, String order, List<Basket.Line> lines) {
        ClickEventBuilder event = known(click, "purchase", account)
                .property("transaction_id", order)
                .property("value", Basket.total(lines).toPlainString());
        lines.forEach(line -> event.item(line.article().item(line.quantity())));
        send(event);
    }

    /** Who has not consented is not told by an account either. */
    private static ClickEventBuilder known(HttpClick click, String name, @Nullable Account account) {
        ClickEventBuilder event = click.event(name);
        if (account != null && click.consent() == HttpClick.Consent.GRANTED) {
            event.userId(account.id());
        }
        return event;
    }

    /** The visitor does not wait for the stream. */
    private void send(ClickEventBuilder event) {
        producer.send(event.build()).exceptionally(failure -> {
            LOG.warn("An event was not delivered: {}", failure.toString());
            return null;
        });
    }
}
