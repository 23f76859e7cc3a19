/** What delivery to S3 costs, beside compression alone and a plain KCL application. */
@NullMarked
package dev.clickstream.benchmarks.delivery;

import org.jspecify.annotations.NullMarked;
