package io.datapoints.connect.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.pipeline.ConnectorFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountsTest {

  private static final Duration TIME = Duration.ofSeconds(2);

  @Test
  void agreeWhenNothingIsLostAndNothingIsTwice() {
    Counts counts = counts(1_000, 1, 1_001, 1_001, 1_000, 1);
    assertThat(counts.agree()).isTrue();
    assertThat(counts.lines())
        .contains("  rate                 501 records a second, cold servers and producer included")
        .last()
        .isEqualTo("  ✓ nothing lost, nothing twice");
  }

  @Test
  void disagreeOverASingleRecordAnywhere() {
    assertThat(counts(1_000, 1, 1_000, 1_000, 1_000, 1).agree()).isFalse();
    assertThat(counts(1_000, 1, 1_001, 1_000, 1_000, 1).agree()).isFalse();
    assertThat(counts(1_000, 1, 1_001, 1_001, 999, 1).agree()).isFalse();
    assertThat(counts(1_000, 1, 1_001, 1_001, 1_001, 1).agree()).isFalse();
    Counts one = counts(1_000, 1, 1_001, 1_001, 1_000, 2);
    assertThat(one.agree()).isFalse();
    assertThat(one.lines()).last().isEqualTo("  ✗ the counts do not agree");
  }

  @Test
  void theirLinesNameWhatIsCountedAndWhere() {
    assertThat(counts(1_000, 1, 1_001, 1_001, 1_000, 1).lines())
        .startsWith("  sent               1,001 1,000 flows and 1 bad records")
        .contains("  in MongoDB         1,000 flows, counted by the driver");
  }

  private static Counts counts(
      long sent, long badRecords, long records, long committed, long stored, long deadLetters) {
    return new Counts(
        "flows",
        "MongoDB",
        sent,
        badRecords,
        records,
        committed,
        new Counts.Kept("flows", sent, stored),
        deadLetters,
        TIME);
  }

  @Test
  void aRowKeyBeginsWithTheMetricsName() {
    ByteBuffer key = ByteBuffer.wrap("mé\0\0\0rest".getBytes(StandardCharsets.UTF_8));
    assertThat(KairosPoints.metric(key)).isEqualTo("mé");
    assertThat(key.position()).isZero();
  }

  @Test
  void onlyTheAddressesOfTheConnectorAreChanged(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("connector.json"),
            """
            {"name": "k", "config": {"topics": "t", "tasks.max": 2, "cassandra.keyspace": "ks",
             "errors.deadletterqueue.topic.name": "t.dead", "cassandra.contact.points": "old"}}
            """);
    ConnectorFile connector =
        ConnectorFile.read(file).with(Map.of("cassandra.contact.points", "new"));
    assertThat(connector.name()).isEqualTo("k");
    assertThat(connector.topics()).containsExactly("t");
    assertThat(connector.deadLetterTopic()).isEqualTo("t.dead");
    assertThat(connector.keyspace()).isEqualTo("ks");
    assertThat(connector.config())
        .containsEntry("cassandra.contact.points", "new")
        .containsEntry("tasks.max", "2")
        .hasSize(5);
  }
}
