/** Simulated visitors, who know nothing of the shop but its addresses. */
@NullMarked
package dev.clickstream.storefront.visitors;

import org.jspecify.annotations.NullMarked;
