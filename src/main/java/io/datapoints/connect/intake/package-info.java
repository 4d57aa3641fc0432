/**
 * What the door does with a body, whatever brought it and whatever keeps it: admission by bytes and
 * requests, records made of metrics, and an answer when the log has all of them.
 */
@NullMarked
package io.datapoints.connect.intake;

import org.jspecify.annotations.NullMarked;
