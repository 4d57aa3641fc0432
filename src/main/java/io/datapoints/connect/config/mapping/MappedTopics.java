package io.datapoints.connect.config.mapping;

import io.datapoints.connect.mapping.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The targets of all topics. If several settings map a topic to the same table, the one with the
 * name of the topic applies, or else the first pattern; the table is written once. Thread-safe.
 */
final class MappedTopics implements MappingConfig {

  /** The most topics whose targets are cached. */
  private static final int MAX_TOPICS = 1_000;

  private final List<MappedTable> tables;
  private final List<String> warnings;
  private final Map<String, List<MappedTarget>> known = new ConcurrentHashMap<>();

  /**
   * @param tables in the order of their prefixes
   */
  MappedTopics(List<MappedTable> tables, List<String> warnings) {
    List<MappedTable> ordered = new ArrayList<>(tables);
    ordered.removeIf(table -> table.pattern() != null);
    tables.stream().filter(table -> table.pattern() != null).forEach(ordered::add);
    this.tables = List.copyOf(ordered);
    this.warnings = List.copyOf(warnings);
  }

  @Override
  public List<MappedTarget> targets(String topic) {
    List<MappedTarget> remembered = known.get(topic);
    if (remembered != null) {
      return remembered;
    }
    List<MappedTarget> found = find(topic);
    if (known.size() < MAX_TOPICS) {
      known.put(topic, found);
    }
    return found;
  }

  private List<MappedTarget> find(String topic) {
    Map<List<String>, MappedTarget> targets = new LinkedHashMap<>();
    for (MappedTable table : tables) {
      MappedTarget target = table.target(topic);
      if (target != null) {
        targets.putIfAbsent(List.of(target.database(), target.table()), target);
      }
    }
    return List.copyOf(targets.values());
  }

  @Override
  public Set<String> topics() {
    return tables.stream()
        .filter(table -> table.pattern() == null)
        .map(table -> table.key().topic())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<Mapping> mappings(String database, String table) {
    return tables.stream()
        .filter(each -> each.key().database().equals(database))
        .filter(each -> each.key().table().equals(table))
        .map(MappedTable::mapping)
        .toList();
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }
}
