/**
 * KairosDB's metrics: from a record to raw metrics, and by KairosDB's rules to points, or to the
 * reasons for a rejection.
 */
@NullMarked
package io.datapoints.connect.kairosdb;

import org.jspecify.annotations.NullMarked;
