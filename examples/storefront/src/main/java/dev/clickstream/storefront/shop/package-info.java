/** A small shop: pages rendered on the server, and the events that its backend sends. */
@NullMarked
package dev.clickstream.storefront.shop;

import org.jspecify.annotations.NullMarked;
