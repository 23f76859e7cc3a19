/** Runs beside peers, and what they need. */
@NullMarked
package dev.clickstream.benchmarks;

import org.jspecify.annotations.NullMarked;
