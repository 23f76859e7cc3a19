@NullMarked
package dev.clickstream.producer;

import org.jspecify.annotations.NullMarked;
