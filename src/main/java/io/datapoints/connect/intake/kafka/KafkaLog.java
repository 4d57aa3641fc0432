package io.datapoints.connect.intake.kafka;

import io.datapoints.connect.config.door.LogConfig;
import io.datapoints.connect.intake.Log;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic as the log: an idempotent producer that asks all in-sync replicas, with a thread of its
 * own that looks at the topic, replaces a producer that is done for, and says at most once a minute
 * why no records are taken. Records are sent on the caller's threads.
 */
public final class KafkaLog implements Log, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KafkaLog.class);

  private static final long PAUSE_MS = 1_000;
  private static final Duration CLOSE_BOUND = Duration.ofSeconds(2);

  private final String topic;
  private final int maxRequestSize;
  private final LiveProducer producer;
  private final TopicWatch watch;
  private final SendRun run;
  private final StateLog states;
  private final ScheduledExecutorService thread;

  /** That the topic was not seen yet, which is no line in the log; owned by the thread. */
  private String lastFault = "not seen yet";

  /** Owned by the thread. */
  private String lastConcern = "";

  /** Without its thread running; {@link #tick} is what that does. */
  KafkaLog(
      String topic,
      int maxRequestSize,
      Supplier<Producer<byte[], byte[]>> maker,
      TopicLook look,
      LongSupplier nanoTime) {
    this.topic = topic;
    this.maxRequestSize = maxRequestSize;
    this.watch = new TopicWatch(topic, look, nanoTime);
    this.run = new SendRun(nanoTime);
    this.states = new StateLog(nanoTime);
    this.producer = new LiveProducer(maker, nanoTime);
    this.thread = Executors.newSingleThreadScheduledExecutor(KafkaLog::named);
  }

  /**
   * Makes the clients, and does not wait for Kafka.
   *
   * @param maxInFlightBytes bytes that will be sent and not acknowledged at most
   * @throws ConfigException if a client cannot be made of the settings
   */
  public static KafkaLog open(LogConfig config, long maxInFlightBytes) {
    Map<String, Object> settings = ProducerSettings.of(config, maxInFlightBytes);
    String clientId = String.valueOf(settings.get(ProducerConfig.CLIENT_ID_CONFIG));
    try {
      AdminLook look = new AdminLook(config, clientId + "-topic");
      try {
        KafkaLog opened =
            new KafkaLog(
                config.topic(),
                ProducerSettings.maxRequestSize(settings),
                () ->
                    new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer()),
                look,
                System::nanoTime);
        Future<?> unused =
            opened.thread.scheduleWithFixedDelay(opened::tick, 0, PAUSE_MS, TimeUnit.MILLISECONDS);
        return opened;
      } catch (KafkaException e) {
        look.close();
        throw e;
      }
    } catch (KafkaException e) {
      throw new ConfigException(
          "The clients of topic "
              + config.topic()
              + " cannot be made of bootstrap.servers, producer.* and "
              + LogConfig.PRODUCER
              + "*: "
              + deepest(e));
    }
  }

  private static Thread named(Runnable work) {
    Thread thread = new Thread(work, "datapoints-http-log");
    thread.setDaemon(true);
    return thread;
  }

  /** Kafka wraps what is wrong with a setting in "Failed to construct kafka producer". */
  private static @Nullable String deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() instanceof KafkaException cause) {
      deepest = cause;
    }
    return deepest.getMessage();
  }

  @Override
  public int maxRecordBytes() {
    return RecordSize.largest(Math.min(maxRequestSize, watch.maxMessageBytes()));
  }

  @Override
  public @Nullable String fault() {
    String ended = producer.fault();
    if (ended != null) {
      return ended;
    }
    String unusable = watch.fault();
    return unusable != null ? unusable : run.fault();
  }

  @Override
  public void send(byte[] key, byte[] value, Acknowledgement acknowledgement) {
    Producer<byte[], byte[]> current = producer.current();
    if (current == null || watch.missing()) {
      acknowledgement.completed(new IllegalStateException("The topic takes no records now"));
      return;
    }
    Delivery delivery = new Delivery(current, acknowledgement);
    run.sent();
    try {
      Future<?> unused =
          current.send(
              new ProducerRecord<>(topic, key, value),
              (metadata, failure) -> delivery.completed(failure));
    } catch (KafkaException | IllegalStateException e) {
      delivery.completed(e);
    }
  }

  /** A record on its way. A producer that is done for may both throw and call back. */
  private final class Delivery {

    private final Producer<byte[], byte[]> by;
    private final Acknowledgement acknowledgement;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Delivery(Producer<byte[], byte[]> by, Acknowledgement acknowledgement) {
      this.by = by;
      this.acknowledgement = acknowledgement;
    }

    void completed(@Nullable Exception failure) {
      if (failure == null) {
        run.acknowledged();
        producer.succeeded();
      } else {
        producer.failed(by, failure);
      }
      if (open.compareAndSet(true, false)) {
        acknowledgement.completed(failure);
      }
    }
  }

  /** What the log's thread does each second. */
  void tick() {
    try {
      producer.renew();
      TopicState seen = watch.look();
      if (seen instanceof TopicState.Ready ready) {
        ready(ready);
      }
      if (!thread.isShutdown()) {
        say();
      }
    } catch (RuntimeException e) {
      // The thread would end with it, and with the thread the looks.
      states.say(
          "The door cannot look after its topic: " + e.getClass().getSimpleName(),
          text -> log.warn(text, e));
    }
  }

  private void ready(TopicState.Ready topicState) {
    if (topicState.inSync()) {
      run.looksWell();
    }
    if (!topicState.concern().equals(lastConcern)) {
      lastConcern = topicState.concern();
      if (!lastConcern.isEmpty()) {
        log.warn("{}", lastConcern);
      }
    }
    keepKnown();
  }

  /** A producer forgets a topic that it does not write to, and then has the next record wait. */
  private void keepKnown() {
    Producer<byte[], byte[]> current = producer.current();
    try {
      if (current != null) {
        current.partitionsFor(topic);
      }
    } catch (KafkaException | IllegalStateException e) {
      // The next record says so, if it is true then.
      log.debug("Topic {} is not known to the producer", topic, e);
    }
  }

  private void say() {
    String fault = fault();
    if (fault != null) {
      states.say(fault, text -> log.warn("{}: the door answers 503", text));
    } else if (!lastFault.isEmpty()) {
      log.info("The door writes to topic {}", topic);
    }
    lastFault = fault == null ? "" : fault;
  }

  /**
   * Sends what is buffered, for two seconds at most; what is left then is called back as failed.
   */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(CLOSE_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("The thread of the door's topic did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    watch.close();
    producer.close(CLOSE_BOUND);
  }
}
