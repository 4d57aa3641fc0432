package io.datapoints.connect.mapping;

import java.util.List;

/**
 * One assignment of a mapping.
 *
 * @param path the column, or the path to a field of it (a field of a user defined type in
 *     Cassandra, of a document in MongoDB); never empty
 * @param operation how the value changes what is stored
 * @param source the expression that gives the value
 */
public record Assignment(List<String> path, Operation operation, Expression source) {

  /** The pseudo column whose value is the time to live of the row. */
  public static final String TTL = "__ttl";

  /** The pseudo column whose value is the write timestamp of the row. */
  public static final String TIMESTAMP = "__timestamp";

  /** How an assignment changes the stored value. */
  public enum Operation {
    /** {@code =}: replaces the stored value. */
    SET,
    /** {@code +=}: adds elements to a map or a set, or increments a counter. */
    ADD
  }

  /** The column that the assignment writes, in whole or in part. */
  public String column() {
    return path.get(0);
  }

  /** Whether the target is one of the pseudo columns. */
  public boolean pseudo() {
    return path.size() == 1 && (column().equals(TTL) || column().equals(TIMESTAMP));
  }
}
