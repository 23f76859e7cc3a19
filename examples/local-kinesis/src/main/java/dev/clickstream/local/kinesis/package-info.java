@NullMarked
package dev.clickstream.local.kinesis;

import org.jspecify.annotations.NullMarked;
