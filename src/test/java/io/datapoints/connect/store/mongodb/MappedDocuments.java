package io.datapoints.connect.store.mongodb;

import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.store.RefusedTopics;
import io.datapoints.connect.store.mongodb.bulk.BulkKeys;
import io.datapoints.connect.store.mongodb.documents.DocumentLayout;
import io.datapoints.connect.store.mongodb.documents.DocumentPlanner;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table layout with targets by hand. */
public final class MappedDocuments {

  private MappedDocuments() {}

  /** The topic orders, which matches a pattern, goes to these targets. */
  static MongoSinkConfig config(String uri, List<Target> targets, String... settings) {
    return config(uri, mapping(Map.of("orders", targets), Set.of()), settings);
  }

  private static MongoSinkConfig config(String uri, MappingConfig mapping, String... settings) {
    MongoSinkConfig parsed = TestStores.config(uri, settings);
    PipelineConfig pipeline = parsed.pipeline();
    return new MongoSinkConfig(
        new PipelineConfig(
            io.datapoints.connect.config.setting.Layout.TABLE,
            pipeline.batching(),
            pipeline.retry(),
            pipeline.records(),
            pipeline.format(),
            pipeline.kairos(),
            pipeline.flows(),
            mapping),
        parsed.mongo(),
        parsed.preflight());
  }

  private static MappingConfig mapping(Map<String, List<Target>> byTopic, Set<String> named) {
    return new MappingConfig() {
      @Override
      public List<MappedTarget> targets(String topic) {
        return byTopic.getOrDefault(topic, List.of()).stream().map(Target::mapped).toList();
      }

      @Override
      public Set<String> topics() {
        return named;
      }

      @Override
      public List<Mapping> mappings(String database, String table) {
        return byTopic.values().stream()
            .flatMap(List::stream)
            .map(Target::mapped)
            .filter(each -> each.database().equals(database) && each.table().equals(table))
            .map(MappedTarget::mapping)
            .toList();
      }
    };
  }

  static MongoStore store(String uri, List<Target> targets, String... settings) {
    return store(uri, targets, TestStores.CLOCK, settings);
  }

  static MongoStore store(String uri, List<Target> targets, Clock clock, String... settings) {
    return new MongoStore(config(uri, targets, settings), "test-task", clock);
  }

  /** A store that has the topic orders mapped by its name. */
  static MongoStore named(String uri, List<Target> targets, String... settings) {
    MappingConfig mapping = mapping(Map.of("orders", targets), Set.of("orders"));
    return new MongoStore(config(uri, mapping, settings), "test-task", TestStores.CLOCK);
  }

  /** A store of topics that match patterns. */
  static MongoStore matched(
      String uri, Map<String, List<Target>> byTopic, Clock clock, String... settings) {
    MappingConfig mapping = mapping(byTopic, Set.of());
    return new MongoStore(config(uri, mapping, settings), "test-task", clock);
  }

  /** A layout that plans for the topic orders, and asks no server. */
  public static DocumentLayout layout(Target... targets) {
    return layout(true, targets);
  }

  /** The same where others write fields of the same documents. */
  public static DocumentLayout shared(Target... targets) {
    return layout(false, targets);
  }

  private static DocumentLayout layout(boolean ownsDocument, Target... targets) {
    DocumentLayout layout = new DocumentLayout(new RefusedTopics(Set.of(), TestStores.CLOCK));
    layout.add(
        "orders",
        List.of(targets).stream()
            .map(
                target -> {
                  String name = target.database() + "." + target.collection();
                  return new DocumentPlanner(
                      target.mapped(), name, new BulkKeys(name, 8), ownsDocument, TestStores.CLOCK);
                })
            .toList());
    return layout;
  }
}
