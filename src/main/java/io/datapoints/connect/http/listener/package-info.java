/**
 * The door's sockets: listeners, threads, TLS, and limits of connections. Knows of a request only
 * that there is one.
 */
@NullMarked
package io.datapoints.connect.http.listener;

import org.jspecify.annotations.NullMarked;
