/** The pipeline once against an AWS account: what it needs is made, used, checked and removed. */
@NullMarked
package dev.clickstream.smoke;

import org.jspecify.annotations.NullMarked;
