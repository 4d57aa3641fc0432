package io.datapoints.connect.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one table should hold, and what it should answer. A null is a column that is not there. */
final class ServingTable {

  private static final String DESC = " DESC";

  private final List<String> partitionKey;
  private final List<String> clusteringKey = new ArrayList<>();
  private final Map<List<Object>, Map<List<Object>, Map<String, Object>>> partitions =
      new LinkedHashMap<>();
  private final Comparator<Map<String, Object>> order;

  /**
   * @param clusteringKey names, each followed by DESC where it is in descending order
   */
  ServingTable(List<String> partitionKey, String... clusteringKey) {
    this.partitionKey = partitionKey;
    for (String each : clusteringKey) {
      this.clusteringKey.add(each.replace(DESC, ""));
    }
    // Without a clustering key a partition has one row.
    this.order =
        Arrays.stream(clusteringKey)
            .map(ServingTable::by)
            .reduce(Comparator::thenComparing)
            .orElse(Comparator.comparingInt(Map::size));
  }

  private static Comparator<Map<String, Object>> by(String column) {
    String name = column.replace(DESC, "");
    Comparator<Map<String, Object>> ascending =
        (left, right) -> compare(left.get(name), Objects.requireNonNull(right.get(name)));
    return name.equals(column) ? ascending : ascending.reversed();
  }

  /** An upsert: columns that the row does not name stay as they are. */
  void put(Map<String, Object> row) {
    partitions
        .computeIfAbsent(key(partitionKey, row), absent -> new HashMap<>())
        .computeIfAbsent(key(clusteringKey, row), absent -> new LinkedHashMap<>())
        .putAll(row);
  }

  /** Deletes the row of this primary key. */
  void remove(Map<String, Object> key) {
    List<Object> partition = key(partitionKey, key);
    Map<List<Object>, Map<String, Object>> rows = partitions.get(partition);
    if (rows != null) {
      rows.remove(key(clusteringKey, key));
    }
  }

  void clear() {
    partitions.clear();
  }

  long rows() {
    return partitions.values().stream().mapToLong(Map::size).sum();
  }

  /** All rows, partition by partition. */
  Stream<Map<String, Object>> all() {
    return partitions.values().stream().flatMap(rows -> rows.values().stream());
  }

  /** The values of each partition key, the partition with most rows first. */
  List<List<Object>> largestFirst() {
    return partitions.entrySet().stream()
        .sorted(Comparator.comparingInt(each -> -each.getValue().size()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The rows that a query should return, with the columns it asks for. */
  List<Map<String, Object>> answer(Question question) {
    DashboardQuery query = question.query();
    List<Object> arguments = question.arguments();
    int equal = partitionKey.size();
    Stream<Map<String, Object>> rows =
        partitions.getOrDefault(arguments.subList(0, equal), Map.of()).values().stream()
            .sorted(order);
    for (String column : query.from()) {
      rows = rows.filter(row -> compare(row.get(column), arguments.get(equal)) >= 0);
    }
    if (query.limited()) {
      rows = rows.limit((Integer) arguments.get(arguments.size() - 1));
    }
    return rows.map(row -> project(row, query.columns())).toList();
  }

  private static Map<String, Object> project(Map<String, Object> row, List<String> columns) {
    Map<String, Object> projected = new LinkedHashMap<>(row);
    projected.keySet().retainAll(columns);
    return projected;
  }

  private static List<Object> key(List<String> names, Map<String, Object> row) {
    return names.stream().map(name -> Objects.requireNonNull(row.get(name), name)).toList();
  }

  /** A column of a key has one type, which has an order. */
  @SuppressWarnings("unchecked")
  private static int compare(@Nullable Object left, Object right) {
    return ((Comparable<Object>) Objects.requireNonNull(left)).compareTo(right);
  }
}
