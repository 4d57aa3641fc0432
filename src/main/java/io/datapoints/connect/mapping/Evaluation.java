package io.datapoints.connect.mapping;

import org.jspecify.annotations.Nullable;

/** A compiled expression. */
interface Evaluation {

  /**
   * Evaluates the expression on one record.
   *
   * @param slots the value at each path of the record, in the order of {@link PathSlots}
   * @return as in {@link io.datapoints.connect.model.MappedRecord}: null for a null of the record
   */
  @Nullable Object of(@Nullable Object[] slots);
}
