/** The protocols of senders: what they send, and which answers they understand. */
@NullMarked
package io.datapoints.connect.http.protocol;

import org.jspecify.annotations.NullMarked;
