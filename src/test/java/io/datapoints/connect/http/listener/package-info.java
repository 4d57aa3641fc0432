/** Limits of connections. */
@NullMarked
package io.datapoints.connect.http.listener;

import org.jspecify.annotations.NullMarked;
