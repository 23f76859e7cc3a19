@NullMarked
package dev.clickstream.local.aws;

import org.jspecify.annotations.NullMarked;
