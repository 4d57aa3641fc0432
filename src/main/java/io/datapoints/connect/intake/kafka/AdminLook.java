package io.datapoints.connect.intake.kafka;

import io.datapoints.connect.config.door.LogConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Looks through an admin client: what a producer knows of a topic comes from its cache, and stays
 * there in an outage. Creates the topic where the settings say so.
 */
final class AdminLook implements TopicLook {

  /** What one answer may take. */
  private static final int BOUND_MS = 4_000;

  /** Below this, a point may be on one broker alone when it is acknowledged. */
  private static final int FLOOR = 2;

  private final Admin admin;
  private final String topic;
  private final Optional<LogConfig.Creation> creation;

  AdminLook(LogConfig config, String clientId) {
    Map<String, Object> settings = new TreeMap<>(config.admin().values());
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
    this.admin = Admin.create(settings);
    this.topic = config.topic();
    this.creation = config.creation();
  }

  @Override
  public TopicState look() {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    KafkaFuture<Map<String, TopicDescription>> topics =
        admin
            .describeTopics(
                List.of(topic),
                new DescribeTopicsOptions().includeAuthorizedOperations(true).timeoutMs(BOUND_MS))
            .allTopicNames();
    KafkaFuture<Map<ConfigResource, Config>> configs =
        admin
            .describeConfigs(List.of(resource), new DescribeConfigsOptions().timeoutMs(BOUND_MS))
            .all();
    try {
      TopicDescription description = done(topics).get(topic);
      return description == null
          ? new TopicState.Unusable("Kafka does not describe topic " + topic, false)
          : state(description, limits(configs, resource));
    } catch (ExecutionException e) {
      return unusable(e.getCause());
    } catch (TimeoutException e) {
      return unusable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new TopicState.Unusable("The door is closing", false);
    }
  }

  /** Null where the user may not see them. */
  private static @Nullable Config limits(
      KafkaFuture<Map<ConfigResource, Config>> configs, ConfigResource resource)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return done(configs).get(resource);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return null;
      }
      throw e;
    }
  }

  private TopicState state(TopicDescription description, @Nullable Config config) {
    Set<AclOperation> allowed = description.authorizedOperations();
    // Brokers that do not know what is allowed answer null, or nothing.
    if (allowed != null
        && !allowed.isEmpty()
        && !allowed.contains(AclOperation.WRITE)
        && !allowed.contains(AclOperation.ALL)) {
      return new TopicState.Unusable("The door's user may not write to topic " + topic, false);
    }
    List<TopicPartitionInfo> partitions = description.partitions();
    int needed = number(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, 0);
    int replicas = partitions.stream().mapToInt(each -> each.replicas().size()).min().orElse(0);
    return new TopicState.Ready(
        number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.MAX_VALUE),
        partitions.stream().allMatch(each -> inSync(each, needed)),
        concern(config != null, replicas, needed));
  }

  /** Brokers ask for no more replicas than a partition has. */
  private static boolean inSync(TopicPartitionInfo partition, int needed) {
    return partition.leader() != null
        && partition.isr().size() >= Math.min(needed, partition.replicas().size());
  }

  private String concern(boolean known, int replicas, int needed) {
    if (replicas < FLOOR) {
      return "Topic "
          + topic
          + " has one replica: with its broker's disk, points are lost that were answered 204";
    }
    if (!known) {
      return "The door's user may not describe the settings of topic "
          + topic
          + " (DESCRIBE_CONFIGS), so their limits are not known";
    }
    return needed < FLOOR
        ? "Topic "
            + topic
            + " has min.insync.replicas="
            + needed
            + ": a point that is answered 204 may be on one broker alone"
        : "";
  }

  private static int number(@Nullable Config config, String name, int otherwise) {
    ConfigEntry entry = config == null ? null : config.get(name);
    return entry == null || entry.value() == null ? otherwise : Integer.parseInt(entry.value());
  }

  private TopicState unusable(@Nullable Throwable why) {
    if (why instanceof UnknownTopicOrPartitionException) {
      return missing();
    }
    return new TopicState.Unusable(reason(why), false);
  }

  private String reason(@Nullable Throwable why) {
    if (why instanceof AuthenticationException) {
      return "Kafka refuses the door's user or its certificate";
    }
    if (why instanceof AuthorizationException) {
      return "The door's user may not describe topic " + topic;
    }
    if (why instanceof RetriableException || why instanceof TimeoutException) {
      return "Kafka does not answer";
    }
    return "Kafka does not describe topic " + topic + " (" + name(why) + ")";
  }

  private TopicState missing() {
    if (creation.isEmpty()) {
      return new TopicState.Unusable("Topic " + topic + " does not exist", true);
    }
    try {
      done(
          admin
              .createTopics(
                  List.of(newTopic(creation.get())), new CreateTopicsOptions().timeoutMs(BOUND_MS))
              .all());
      return new TopicState.Unusable("Topic " + topic + " is being created", true);
    } catch (ExecutionException e) {
      return e.getCause() instanceof TopicExistsException
          ? new TopicState.Unusable("Topic " + topic + " is being created", true)
          : new TopicState.Unusable(
              "Topic " + topic + " cannot be created (" + name(e.getCause()) + ")", true);
    } catch (TimeoutException e) {
      return unusable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new TopicState.Unusable("The door is closing", true);
    }
  }

  private NewTopic newTopic(LogConfig.Creation wanted) {
    short replicas = wanted.replicationFactor();
    Map<String, String> configs = new TreeMap<>();
    // One broker's clock then orders the values of a series, and not those of several workers.
    configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    if (replicas > FLOOR) {
      configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(FLOOR));
    }
    return new NewTopic(
            topic,
            Optional.of(wanted.partitions()),
            replicas < 0 ? Optional.empty() : Optional.of(replicas))
        .configs(configs);
  }

  private static <T> T done(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    // The client's own bound comes first, unless its thread is stuck.
    return future.get(BOUND_MS + 1_000, TimeUnit.MILLISECONDS);
  }

  private static String name(@Nullable Throwable why) {
    return why == null ? "no reason given" : why.getClass().getSimpleName();
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
