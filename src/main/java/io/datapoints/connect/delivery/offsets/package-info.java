/**
 * The offset ledger: which records are settled, and up to where a partition may be committed. Used
 * by the task thread only.
 */
@NullMarked
package io.datapoints.connect.delivery.offsets;

import org.jspecify.annotations.NullMarked;
