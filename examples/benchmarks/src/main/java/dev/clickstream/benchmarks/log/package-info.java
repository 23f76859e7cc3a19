/** Reading CloudFront's log and writing events, beside what one would use otherwise. */
@NullMarked
package dev.clickstream.benchmarks.log;

import org.jspecify.annotations.NullMarked;
