package io.datapoints.connect.flows;

import io.datapoints.connect.payload.RawColumn;
import io.datapoints.connect.payload.RawText;

/**
 * The fields that a layout asked for, as one object of a record wrote them. One instance serves all
 * objects of a task, on the task's thread; its content is gone with the next object.
 */
public final class RawFields {

  /** The index of an object that is a record by itself. */
  public static final int ALONE = -1;

  private final RawText text = new RawText();
  private final RawColumn column;
  private final int size;
  private int index = ALONE;

  /**
   * @param size how many fields there are
   */
  public RawFields(int size) {
    this.column = new RawColumn(text, size);
    this.size = size;
  }

  /**
   * Starts the next object, with every field absent.
   *
   * @param index its position in the record's array, or {@link #ALONE}
   */
  public void clear(int index) {
    this.index = index;
    text.clear();
    column.clear();
    for (int row = 0; row < size; row++) {
      column.open(row);
    }
  }

  /** How many fields there are. */
  public int size() {
    return size;
  }

  /** Position in the record's array, or {@link #ALONE}. */
  public int index() {
    return index;
  }

  /** The fields, in the rows that the layout gave them. */
  public RawColumn column() {
    return column;
  }
}
