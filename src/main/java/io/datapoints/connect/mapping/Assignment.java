package io.datapoints.connect.mapping;

import java.util.List;

/**
 * One assignment of a mapping.
 *
 * @param path the column, or the path to a field of it (a field of a user defined type in
 *     Cassandra, of a document in MongoDB); never empty
 * @param operation what happens to what is stored
 * @param source where the value comes from
 */
public record Assignment(List<String> path, Operation operation, Expression source) {

  /** The pseudo column whose value is the time to live of the row. */
  public static final String TTL = "__ttl";

  /** The pseudo column whose value is the write timestamp of the row. */
  public static final String TIMESTAMP = "__timestamp";

  /** What happens to the value that is stored. */
  public enum Operation {
    /** {@code =}: it is replaced. */
    SET,
    /** {@code +=}: the elements of a map or a set are added to it; a counter is raised. */
    ADD
  }

  /** The column that is written, wholly or in part. */
  public String column() {
    return path.get(0);
  }

  /** Whether it is one of the pseudo columns. */
  public boolean pseudo() {
    return path.size() == 1 && (column().equals(TTL) || column().equals(TIMESTAMP));
  }
}
