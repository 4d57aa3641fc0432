/**
 * KairosDB's metrics: the records that hold them, and KairosDB's rules, by which they become points
 * or the reasons for a rejection.
 */
@NullMarked
package io.datapoints.connect.kairosdb;

import org.jspecify.annotations.NullMarked;
