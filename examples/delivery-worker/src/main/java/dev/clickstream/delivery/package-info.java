/** A worker that runs from one configuration file. */
@NullMarked
package dev.clickstream.delivery;

import org.jspecify.annotations.NullMarked;
