package io.datapoints.connect.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class FeedTest {

  @Test
  void oneBadRecordFollowsEveryThousandthPoint() {
    MockProducer<byte[], byte[]> producer = producer(true);
    try (Feed feed = feed(producer)) {
      new History(1, 1_700_000_000_000L, 3_000).forEach(feed::send);
      feed.flush();
      assertThat(feed.good()).isEqualTo(3_000);
      assertThat(feed.badRecords()).isEqualTo(3);
    }
    assertThat(producer.history()).hasSize(3_003);
    assertThat(producer.history().get(1_000).value()).isEqualTo(bad(0));
    assertThat(producer.history().get(2_001).value()).isEqualTo(bad(1));
  }

  @Test
  void aRefusedRecordIsNotOverlooked() {
    MockProducer<byte[], byte[]> producer = producer(false);
    try (Feed feed = feed(producer)) {
      feed.send(Point.ofLong("a", Map.of("host", "b"), 1, 2, 0));
      producer.errorNext(new IllegalArgumentException("too large"));
      assertThatThrownBy(feed::flush)
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("too large");
    }
  }

  private static Feed feed(MockProducer<byte[], byte[]> producer) {
    Outlet topic = new TopicOutlet(producer, "metrics");
    return new Feed(topic, topic, BadRecords.POINTS);
  }

  private static byte[] bad(int number) {
    return BadRecords.POINTS.number(number).record("metrics").value();
  }

  private static MockProducer<byte[], byte[]> producer(boolean autoComplete) {
    return new MockProducer<>(
        autoComplete,
        new RoundRobinPartitioner(),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
