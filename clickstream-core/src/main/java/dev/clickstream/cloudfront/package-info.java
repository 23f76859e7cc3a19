@NullMarked
package dev.clickstream.cloudfront;

import org.jspecify.annotations.NullMarked;
