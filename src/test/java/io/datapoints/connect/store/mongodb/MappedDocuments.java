package io.datapoints.connect.store.mongodb;

import io.datapoints.connect.config.MappedTarget;
import io.datapoints.connect.config.MappingConfig;
import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.mapping.Mapping;
import java.time.Clock;
import java.util.List;

/** The table layout with targets by hand. */
final class MappedDocuments {

  private MappedDocuments() {}

  /** The topic orders goes to these targets. */
  static MongoSinkConfig config(String uri, List<Target> targets, String... settings) {
    MongoSinkConfig parsed = TestStores.config(uri, settings);
    PipelineConfig pipeline = parsed.pipeline();
    List<MappedTarget> mapped = targets.stream().map(Target::mapped).toList();
    return new MongoSinkConfig(
        new PipelineConfig(
            io.datapoints.connect.config.Layout.TABLE,
            pipeline.batching(),
            pipeline.retry(),
            pipeline.errors(),
            pipeline.kairos(),
            pipeline.flows(),
            mapping(mapped)),
        parsed.mongo(),
        parsed.preflight());
  }

  private static MappingConfig mapping(List<MappedTarget> mapped) {
    return new MappingConfig() {
      @Override
      public List<MappedTarget> targets(String topic) {
        return topic.equals("orders") ? mapped : List.of();
      }

      @Override
      public List<Mapping> mappings(String database, String table) {
        return mapped.stream()
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

  /** A layout that plans for the topic orders, and asks no server. */
  static DocumentLayout layout(Target... targets) {
    return layout(true, targets);
  }

  /** The same where others write fields of the same documents. */
  static DocumentLayout shared(Target... targets) {
    return layout(false, targets);
  }

  private static DocumentLayout layout(boolean ownsDocument, Target... targets) {
    DocumentLayout layout = new DocumentLayout();
    layout.add(
        "orders",
        List.of(targets).stream()
            .map(
                target -> {
                  String name = target.database() + "." + target.collection();
                  return new DocumentPlanner(
                      target.mapped(), name, new Lanes(name, 8), ownsDocument, TestStores.CLOCK);
                })
            .toList());
    return layout;
  }
}
