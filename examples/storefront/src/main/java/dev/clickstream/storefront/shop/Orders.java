package dev.clickstream.storefront.shop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was bought, by the number that the checkout gave it. Thread-safe. The last {@value #MOST} are kept. */
final class Orders {

    private static final int MOST = 20_000;

    private final Map<String, List<Basket.Line>> byNumber = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Basket.Line>> eldest) {
            return size() > MOST;
        }
    }; // guarded by itself

    /** Places an order; false if this number was used before: somebody clicked twice. */
    boolean place(String number, List<Basket.Line> lines) {
        synchronized (byNumber) {
            return byNumber.putIfAbsent(number, lines) == null;
        }
    }

    Optional<List<Basket.Line>> find(String number) {
        synchronized (byNumber) {
            return Optional.ofNullable(byNumber.get(number));
        }
    }
}
