package io.datapoints.connect.intake.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The log of the door, over a producer and a topic that do what the test says. */
class KafkaLogTest {

  private static final byte[] KEY = {1};
  private static final byte[] VALUE = {2, 3};

  private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
  private final ScriptedTopic topic = new ScriptedTopic();
  private final List<Optional<Exception>> answers = new ArrayList<>();
  private long now = TimeUnit.DAYS.toNanos(1);
  private boolean refuseToMake;
  private boolean refuseAndFail;

  @AutoClose
  private final KafkaLog log = new KafkaLog("metrics", 1_048_576, this::make, topic, () -> now);

  private Producer<byte[], byte[]> make() {
    if (refuseToMake) {
      throw new KafkaException("Failed to construct kafka producer");
    }
    MockProducer<byte[], byte[]> made =
        new MockProducer<>(
            Cluster.empty(),
            false,
            new FirstPartition(),
            new ByteArraySerializer(),
            new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<byte[], byte[]> record, Callback callback) {
            if (refuseAndFail) {
              KafkaException refusal = new KafkaException("a previous request has failed");
              callback.onCompletion(null, refusal);
              throw refusal;
            }
            return super.send(record, callback);
          }
        };
    producers.add(made);
    return made;
  }

  private void pass(long seconds) {
    now += TimeUnit.SECONDS.toNanos(seconds);
    log.tick();
  }

  private void send() {
    log.send(KEY, VALUE, failure -> answers.add(Optional.ofNullable(failure)));
  }

  private MockProducer<byte[], byte[]> producer() {
    return producers.get(producers.size() - 1);
  }

  @Test
  void takesNothingBeforeTheTopicWasSeen() {
    assertThat(log.fault()).isEqualTo("Topic metrics was not seen yet");
    send();
    assertThat(answers).singleElement().satisfies(each -> assertThat(each).isPresent());
    assertThat(producer().history()).isEmpty();
  }

  @Test
  void answersWhenTheBrokerHasAcknowledgedAndNotBefore() {
    log.tick();
    assertThat(log.fault()).isNull();

    send();
    assertThat(answers).isEmpty();
    producer().completeNext();
    assertThat(answers).containsExactly(Optional.empty());
    assertThat(producer().history())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.topic()).isEqualTo("metrics");
              assertThat(record.key()).isEqualTo(KEY);
              assertThat(record.value()).isEqualTo(VALUE);
              assertThat(record.partition()).isNull();
              assertThat(record.timestamp()).isNull();
            });
  }

  @Test
  void aFailedSendIsAFailedRecordAndTheProducerStays() {
    log.tick();
    send();
    producer().errorNext(new NotEnoughReplicasException());

    assertThat(answers)
        .singleElement()
        .satisfies(each -> assertThat(each).containsInstanceOf(NotEnoughReplicasException.class));
    assertThat(log.fault()).isNull();
    pass(60);
    assertThat(producers).hasSize(1);
  }

  @Test
  void whatTheProducerThrowsIsAFailedRecord() {
    log.tick();
    producer().sendException = new TimeoutException("no room");
    send();
    assertThat(answers)
        .singleElement()
        .satisfies(each -> assertThat(each).containsInstanceOf(TimeoutException.class));
  }

  /**
   * A producer that is done for refuses a record that it has already buffered, and fails it too.
   */
  @Test
  void aRecordThatIsRefusedAndFailedIsAnsweredOnce() {
    log.tick();
    refuseAndFail = true;
    send();
    assertThat(answers).hasSize(1);
  }

  static List<RuntimeException> fatal() {
    return List.of(
        new ClusterAuthorizationException("no"),
        new SaslAuthenticationException("no"),
        new KafkaException("in an error state"));
  }

  @ParameterizedTest
  @MethodSource("fatal")
  void aProducerThatIsDoneForIsReplaced(RuntimeException error) {
    log.tick();
    send();
    MockProducer<byte[], byte[]> first = producer();
    first.errorNext(error);
    assertThat(log.fault())
        .startsWith("The producer ended with " + error.getClass().getSimpleName());
    send();
    assertThat(answers).hasSize(2).allSatisfy(each -> assertThat(each).isPresent());

    log.tick();
    assertThat(first.closed()).isTrue();
    assertThat(producers).hasSize(1);
    pass(1);
    assertThat(producers).hasSize(2);
    assertThat(log.fault()).isNull();
    send();
    producer().completeNext();
    assertThat(answers.get(2)).isEmpty();
  }

  @Test
  void eachFurtherProducerTakesTwiceAsLongUntilARecordIsStored() {
    log.tick();
    for (int pause : new int[] {1, 2, 4, 8, 16, 32, 32}) {
      int made = producers.size();
      fail();
      pass(0);
      pass(pause - 1);
      assertThat(producers).hasSize(made);
      pass(1);
      assertThat(producers).hasSize(made + 1);
    }
    send();
    producer().completeNext();
    int made = producers.size();
    fail();
    pass(1);
    assertThat(producers).hasSize(made + 1);
  }

  private void fail() {
    send();
    producer().errorNext(new ClusterAuthorizationException("no"));
  }

  @Test
  void aProducerThatCannotBeMadeIsMadeLater() {
    log.tick();
    fail();
    refuseToMake = true;
    pass(1);
    assertThat(log.fault()).startsWith("The producer ended with KafkaException");
    refuseToMake = false;
    pass(2);
    assertThat(log.fault()).isNull();
  }

  @Test
  void oneBadLookIsForgivenTwoAreAFaultAndAGoodOneEndsIt() {
    log.tick();
    topic.state = ScriptedTopic.AWAY;
    pass(5);
    assertThat(log.fault()).isNull();
    pass(1);
    assertThat(log.fault()).isEqualTo("Kafka does not answer");
    topic.state = ScriptedTopic.WELL;
    pass(1);
    assertThat(log.fault()).isNull();
  }

  @Test
  void looksEveryFiveSecondsAndOftenerWhileSomethingIsWrong() {
    log.tick();
    pass(1);
    pass(3);
    assertThat(topic.looks).isEqualTo(1);
    topic.state = ScriptedTopic.AWAY;
    pass(1);
    pass(1);
    pass(1);
    assertThat(topic.looks).isEqualTo(4);
  }

  /** A broker that may create topics would make one of a single partition. */
  @Test
  void aMissingTopicIsNotAskedFor() {
    log.tick();
    topic.state = ScriptedTopic.MISSING;
    pass(5);
    send();
    assertThat(producer().history()).isEmpty();
    assertThat(answers).singleElement().satisfies(each -> assertThat(each).isPresent());
  }

  @Test
  void halfAMinuteWithoutAnAcknowledgementIsAFaultUntilTheTopicLooksWell() {
    log.tick();
    topic.state = new TopicState.Ready(1_048_588, false, "");
    send();
    pass(30);
    assertThat(log.fault()).isNull();
    pass(1);
    assertThat(log.fault()).isEqualTo("Kafka has acknowledged no record for 30 seconds");
    pass(60);
    assertThat(log.fault()).isNotNull();
    topic.state = ScriptedTopic.WELL;
    pass(5);
    assertThat(log.fault()).isNull();
  }

  @Test
  void oneAcknowledgementEndsTheRun() {
    log.tick();
    send();
    send();
    pass(31);
    assertThat(log.fault()).isNotNull();
    producer().completeNext();
    assertThat(log.fault()).isNull();
  }

  @Test
  void aRecordFitsTheProducerAndTheTopic() {
    assertThat(log.maxRecordBytes()).isBetween(1_040_000, 1_048_576 - 93);
    topic.state = new TopicState.Ready(100_000, true, "");
    log.tick();
    assertThat(log.maxRecordBytes()).isBetween(99_000, 100_000 - 93);
    topic.state = new TopicState.Ready(50_000_000, true, "");
    pass(5);
    assertThat(log.maxRecordBytes()).isBetween(1_040_000, 1_048_576 - 93);
    topic.state = new TopicState.Ready(10, true, "");
    pass(5);
    assertThat(log.maxRecordBytes()).isEqualTo(1);
  }

  @Test
  void closesBothClients() {
    log.close();
    assertThat(topic.closed).isTrue();
    assertThat(producer().closed()).isTrue();
  }

  /** The stub knows no partitions. */
  public static final class FirstPartition implements Partitioner {
    @Override
    public int partition(
        String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster known) {
      Objects.requireNonNull(topic);
      return 0;
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
  }
}
