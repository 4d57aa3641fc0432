package io.datapoints.connect.store.mongodb.collection;

import java.util.List;
import org.bson.Document;

/**
 * The fields by which a sharded collection is distributed.
 *
 * @param fields paths with dots, in their order
 */
record ShardKey(List<String> fields) {

  /** As the collection {@code config.collections} of a cluster has it. */
  static ShardKey of(Document listed) {
    return new ShardKey(List.copyOf(listed.get("key", Document.class).keySet()));
  }

  /** Whether a filter that gives these fields leads to one shard. */
  boolean isIn(List<String> filter) {
    return fields.stream()
        .allMatch(
            field -> filter.stream().anyMatch(given -> (field + ".").startsWith(given + ".")));
  }

  /** The fields of an index with those of the shard key first, as a unique one has to begin. */
  Document first(Document index) {
    Document ordered = new Document();
    fields.stream()
        .filter(index::containsKey)
        .forEach(field -> ordered.append(field, index.get(field)));
    index.forEach(ordered::putIfAbsent);
    return ordered;
  }

  @Override
  public String toString() {
    return String.join(", ", fields);
  }
}
