/**
 * Network flows: from a record to the fields of its flows, and by their rules to samples, or to the
 * reasons for a rejection.
 */
@NullMarked
package io.datapoints.connect.flows;

import org.jspecify.annotations.NullMarked;
