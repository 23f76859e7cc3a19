@NullMarked
package dev.clickstream.storefront;

import org.jspecify.annotations.NullMarked;
