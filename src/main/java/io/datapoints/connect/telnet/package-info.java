/**
 * KairosDB's telnet commands in front of the intake. The protocol has no acknowledgement: a sender
 * never learns whether a point was stored.
 */
@NullMarked
package io.datapoints.connect.telnet;

import org.jspecify.annotations.NullMarked;
