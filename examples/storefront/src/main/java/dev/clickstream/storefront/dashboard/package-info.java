/** The storefront's dashboard: SQL over the delivered objects, and the page that shows it. */
@NullMarked
package dev.clickstream.storefront.dashboard;

import org.jspecify.annotations.NullMarked;
