/** How many shards, workers and objects a load needs, and what it costs: pure functions. */
@NullMarked
package dev.clickstream.capacity;

import org.jspecify.annotations.NullMarked;
