/** Encrypted connections and secrets, through workers with the built archive. */
@NullMarked
package io.datapoints.connect.security;

import org.jspecify.annotations.NullMarked;
