/** What stands between browsers and the shop, as CloudFront would: every request passes it, and is logged into the stream. */
@NullMarked
package dev.clickstream.storefront.edge;

import org.jspecify.annotations.NullMarked;
