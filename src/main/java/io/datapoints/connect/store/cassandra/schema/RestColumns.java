package io.datapoints.connect.store.cassandra.schema;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns that {@code *} fills. A field goes to the column of its name, or to the only one
 * whose name differs in case alone: CQL folds names without quotes to lower case. Immutable.
 */
public final class RestColumns {

  private final Set<String> names;

  /** The columns by their names in lower case; null for a name that several have. */
  private final Map<String, @Nullable String> folded = new HashMap<>();

  /** The lengths of the names: few other fields have to be folded. */
  private final BitSet lengths = new BitSet();

  /**
   * @param names the names of the columns
   */
  public RestColumns(Set<String> names) {
    this.names = names;
    for (String name : names) {
      String fold = fold(name);
      folded.put(fold, folded.containsKey(fold) ? null : name);
      lengths.set(name.length());
    }
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * The record with its rest under the names of columns.
   *
   * @throws InvalidValue for a column that two fields stand for
   */
  public MappedRecord align(MappedRecord record) {
    Map<String, @Nullable Object> rest = record.rest();
    if (rest == null || names.isEmpty()) {
      return record;
    }
    Map<String, @Nullable Object> aligned = null;
    for (Map.Entry<String, @Nullable Object> field : rest.entrySet()) {
      String name = field.getKey();
      String column = names.contains(name) ? null : column(name);
      if (column != null && !rest.containsKey(column)) {
        aligned = aligned == null ? new LinkedHashMap<>(rest) : aligned;
        if (aligned.containsKey(column)) {
          throw new InvalidValue(column + ": two fields of the record have this name but for case");
        }
        aligned.remove(name);
        aligned.put(column, field.getValue());
      }
    }
    return aligned == null ? record : record.withRest(aligned);
  }

  private @Nullable String column(String name) {
    return name.length() < lengths.length() && lengths.get(name.length())
        ? folded.get(fold(name))
        : null;
  }
}
