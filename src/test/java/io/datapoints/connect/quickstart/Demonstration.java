package io.datapoints.connect.quickstart;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A way to use the connector: its stores, and what is sent to them. */
interface Demonstration extends AutoCloseable {

  /**
   * The one of this name, with nothing started yet.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Demonstration named(String name, Place place) throws IOException {
    return switch (name) {
      case "kairosdb" -> new KairosDemonstration(place);
      case "flows" -> new FlowsDemonstration(place);
      case "mongodb" -> new MongoDemonstration(place);
      case "learning-analytics" -> new LearningDemonstration(place);
      default ->
          throw new IllegalArgumentException(
              "no quickstart "
                  + name
                  + "; there are kairosdb, flows, mongodb and learning-analytics");
    };
  }

  /** What the worker's properties have beside what every worker needs. */
  default Map<String, String> workerProperties() {
    return Map.of();
  }

  /** Starts the stores; Kafka and its worker start at the same time. */
  void start(Starts starts);

  /** What is shown, one after the other, once the stores have started. */
  List<Exhibit> exhibits();

  /** What to look at: titles and addresses. */
  Map<String, String> addresses();

  /** Ends the stores. */
  @Override
  void close();
}
