package io.datapoints.connect.mapping;

import org.jspecify.annotations.Nullable;

/** A compiled expression. */
interface Evaluation {

  /**
   * What it comes to on one record.
   *
   * @param slots what stands at each path of the record, in the order of {@link PathSlots}
   * @return null where the record has nothing there; {@link io.datapoints.connect.model.Cells#NULL}
   *     for a null that the mapping asks for
   */
  @Nullable Object of(@Nullable Object[] slots) throws UnfitException;
}
