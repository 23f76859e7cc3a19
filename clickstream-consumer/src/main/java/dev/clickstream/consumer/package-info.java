@NullMarked
package dev.clickstream.consumer;

import org.jspecify.annotations.NullMarked;
