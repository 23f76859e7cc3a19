/** Our producer beside the native KPL and a plain loop of PutRecords. */
@NullMarked
package dev.clickstream.benchmarks.producer;

import org.jspecify.annotations.NullMarked;
