package io.datapoints.connect.benchmark;

import io.datapoints.connect.kit.Kafka;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Warms a connector up and measures it, over topics that it fills. */
final class Cases {

  private final BenchmarkSettings settings;
  private final TopicFill topics;
  private final SinkRun sink;

  Cases(BenchmarkSettings settings, Kafka kafka, SinkRun sink) {
    this.settings = settings;
    this.topics = new TopicFill(kafka, settings.partitions());
    this.sink = sink;
  }

  /** Reads one topic with one connector after the other until the time is over. */
  void warmUp(Map<String, String> config, TopicContent content) throws IOException {
    progress("warming up: " + content.name());
    Map<TopicPartition, Long> ends = topics.fill(content);
    long started = System.nanoTime();
    for (int run = 1; isYoungerThan(started, settings.warmUp()); run++) {
      sink.over(content.name() + "-run-" + run, config, content.name(), ends);
    }
  }

  /** Fills the topic of this content. */
  Map<TopicPartition, Long> fill(TopicContent content) {
    progress("filling a topic: " + content.name());
    return topics.fill(content);
  }

  /** Fills a topic and measures one run over it. */
  Measurement measure(String label, Map<String, String> config, TopicContent content)
      throws IOException {
    return measure(label, content.name(), config, content, fill(content));
  }

  /**
   * Measures one run over a topic that is full.
   *
   * @param name of the connector, not used before
   */
  Measurement measure(
      String label,
      String name,
      Map<String, String> config,
      TopicContent content,
      Map<TopicPartition, Long> ends)
      throws IOException {
    progress("measuring: " + label);
    SinkRun.Outcome run = sink.over(name, config, content.name(), ends);
    return Window.in(run.samples(), ends).measurement(label, content.rowsPerRecord(), run.counts());
  }

  static boolean isYoungerThan(long started, Duration age) {
    return System.nanoTime() - started < age.toNanos();
  }

  static void progress(String step) {
    System.out.println(step);
  }
}
