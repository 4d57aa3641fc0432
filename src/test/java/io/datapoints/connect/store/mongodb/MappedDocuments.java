package io.datapoints.connect.store.mongodb;

import io.datapoints.connect.config.MappedTarget;
import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
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
            topic -> topic.equals("orders") ? mapped : List.of()),
        parsed.mongo(),
        parsed.preflight());
  }

  static MongoStore store(String uri, List<Target> targets, String... settings) {
    return new MongoStore(config(uri, targets, settings), "test-task", TestStores.CLOCK);
  }

  /** A layout that plans for the topic orders, and asks no server. */
  static DocumentLayout layout(Target... targets) {
    DocumentLayout layout = new DocumentLayout();
    layout.add(
        "orders",
        List.of(targets).stream()
            .map(
                target -> {
                  String name = target.database() + "." + target.collection();
                  return new DocumentPlanner(target.mapped(), name, new Lanes(name, 8));
                })
            .toList());
    return layout;
  }
}
