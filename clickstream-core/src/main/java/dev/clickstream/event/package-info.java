@NullMarked
package dev.clickstream.event;

import org.jspecify.annotations.NullMarked;
