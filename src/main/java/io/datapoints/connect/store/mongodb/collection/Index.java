package io.datapoints.connect.store.mongodb.collection;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * An index that a collection has.
 *
 * @param keys its fields in their order, with their directions
 * @param unique whether no two documents may have the same key
 * @param whole whether it has all documents: neither partial nor sparse
 * @param hidden whether no query uses it; it is kept up and is as unique as any other
 * @param building whether the server has not finished it, so that it keeps nothing apart yet
 * @param expireAfterSeconds when it removes documents, by the date that it is on
 */
public record Index(
    String name,
    Document keys,
    boolean unique,
    boolean whole,
    boolean hidden,
    boolean building,
    Optional<Long> expireAfterSeconds) {

  /** As listIndexes has it; of one that is being built, the index itself is a part of that. */
  public static Index of(Document listed) {
    return of(listed.get("spec", listed), listed.containsKey("buildUUID"));
  }

  private static Index of(Document listed, boolean building) {
    return new Index(
        listed.getString("name"),
        listed.get("key", Document.class),
        listed.getBoolean("unique", false),
        !listed.containsKey("partialFilterExpression") && !listed.getBoolean("sparse", false),
        listed.getBoolean("hidden", false),
        building,
        Optional.ofNullable(listed.get("expireAfterSeconds"))
            .map(seconds -> ((Number) seconds).longValue()));
  }

  /** The name that an index on these fields gets where it is given none. */
  static String nameOf(Document keys) {
    return keys.entrySet().stream()
        .map(key -> key.getKey() + "_" + key.getValue())
        .collect(Collectors.joining("_"));
  }

  /** Whether no two documents can have the same values in these fields, in whatever order. */
  public boolean identifies(List<String> fields) {
    return unique && whole && keys.size() == fields.size() && keys.keySet().containsAll(fields);
  }

  /** Whether it is on this field alone. */
  public boolean isOn(String field) {
    return keys.size() == 1 && keys.containsKey(field);
  }
}
