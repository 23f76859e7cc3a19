package dev.clickstream.storefront;

/**
 * A click that must come out of the generated shop.
 *
 * @param requestId of the request that is the click
 * @param eventName {@code view_item} or {@code begin_checkout}
 * @param itemId the product's id
 * @param itemName the product's name, in clear
 * @param status the request's HTTP status
 * @param hour the hour of its arrival as the prefix has it, {@code yyyy/MM/dd/HH}
 */
record ExpectedClick(String requestId, String eventName, String itemId, String itemName, int status, String hour) {}
