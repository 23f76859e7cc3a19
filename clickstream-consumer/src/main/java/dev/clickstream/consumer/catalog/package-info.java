/** Tables over delivered clicks, for Athena, Glue and DuckDB. */
@NullMarked
package dev.clickstream.consumer.catalog;

import org.jspecify.annotations.NullMarked;
