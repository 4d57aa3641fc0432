/**
 * Encryption on the way to a store, and of a server of ours: the context made from the files that
 * the settings name, and what a failed handshake means. Knows no store.
 */
@NullMarked
package io.datapoints.connect.tls;

import org.jspecify.annotations.NullMarked;
