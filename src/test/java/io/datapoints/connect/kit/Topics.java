package io.datapoints.connect.kit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics, offsets and records of one cluster, through Kafka's own clients. */
public final class Topics implements AutoCloseable {

  private static final Duration BOUND = Duration.ofMinutes(1);

  private final String bootstrapServers;
  private final Admin admin;

  /** Connects lazily; the cluster may still be down. */
  public Topics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /**
   * Creates a topic with replication factor 1, and waits until the broker serves every partition:
   * an idempotent producer whose first batch is refused and whose second is taken would retry until
   * it times out.
   */
  public void create(String name, int partitions) {
    done(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all());
    Await.until("the broker to serve " + name, BOUND, () -> serves(name, partitions));
  }

  /** Changes one setting of a topic. */
  public void configure(String topic, String setting, String value) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp change =
        new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
    done(admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all());
  }

  /**
   * The ids of the members of a consumer group that were given partitions; one that leaves and
   * comes back has a new id.
   */
  public Set<String> members(String group) {
    return done(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
        .flatMap(description -> description.members().stream())
        .filter(member -> !member.assignment().topicPartitions().isEmpty())
        .map(MemberDescription::consumerId)
        .collect(Collectors.toSet());
  }

  private boolean serves(String name, int partitions) {
    try {
      return endOffsets(name).size() == partitions;
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  /** The offset the next record gets, for each partition. */
  public Map<TopicPartition, Long> endOffsets(String topic) {
    Map<TopicPartition, OffsetSpec> latest =
        partitions(topic).stream()
            .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest()));
    Map<TopicPartition, Long> offsets =
        new TreeMap<>(Comparator.comparingInt(TopicPartition::partition));
    Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> answer =
        done(admin.listOffsets(latest).all());
    answer.forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  /** What a consumer group has committed. */
  public Map<TopicPartition, Long> committedOffsets(String group) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    done(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach(
            (partition, committed) -> {
              if (committed != null) {
                offsets.put(partition, committed.offset());
              }
            });
    return offsets;
  }

  /** Every record that is in the topic now, partition by partition in order. */
  public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    Map<TopicPartition, Long> ends = endOffsets(topic);
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> read = new HashMap<>();
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      Await.until(
          "the records of " + topic,
          BOUND,
          () -> {
            consumer
                .poll(Duration.ofMillis(200))
                .forEach(
                    each ->
                        read.computeIfAbsent(
                                new TopicPartition(each.topic(), each.partition()),
                                absent -> new ArrayList<>())
                            .add(each));
            return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
          });
    }
    // A record that came while these were read is left out, as if it had come after the call.
    return ends.entrySet().stream()
        .flatMap(
            end ->
                read.getOrDefault(end.getKey(), List.of()).stream()
                    .filter(record -> record.offset() < end.getValue()))
        .toList();
  }

  /** A producer that the caller closes. */
  public Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5, "batch.size", 131_072),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private Collection<TopicPartition> partitions(String topic) {
    return done(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
        .flatMap(description -> description.partitions().stream())
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private static <T> T done(KafkaFuture<T> future) {
    try {
      return future.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("Kafka did not answer in " + BOUND, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
