package io.datapoints.connect.config.door;

import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/**
 * The topic that the door writes to, and the clients that reach it.
 *
 * @param topic its name
 * @param creation how it is created when it is missing; empty if it is not
 * @param producer settings of the producer that the user gave, for connections and otherwise
 * @param admin settings of the client that looks at the topic
 * @param worker the name of the worker, for the names of clients; empty if it has none
 */
public record LogConfig(
    String topic,
    Optional<Creation> creation,
    ClientSettings producer,
    ClientSettings admin,
    String worker) {

  public static final String TOPIC = "datapoints.http.topic";
  public static final String CREATE = "datapoints.http.topic.create";
  public static final String PARTITIONS = "datapoints.http.topic.create.partitions";
  public static final String REPLICATION_FACTOR = "datapoints.http.topic.create.replication.factor";

  /** The prefix of the producer's settings in the worker's properties. */
  public static final String PRODUCER = "datapoints.http.producer.";

  private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

  /**
   * A topic that does not exist yet.
   *
   * @param partitions how many it gets
   * @param replicationFactor on how many brokers each record is; -1 for the brokers' default
   */
  public record Creation(int partitions, short replicationFactor) {}

  static void define(ConfigDef definition) {
    new SettingGroup(definition, "Topic")
        .add(
            TOPIC,
            ConfigDef.Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            Validators.matching(NAME, "1 to 249 characters of a-z, A-Z, 0-9, ., _ and -"),
            Importance.HIGH,
            "Topic",
            "The topic that points are written to, one record a metric, with the series as the key.")
        .add(
            CREATE,
            ConfigDef.Type.BOOLEAN,
            false,
            null,
            Importance.MEDIUM,
            "Create topic",
            "Whether a missing topic is created, with the brokers' time as that of its records, and"
                + " with min.insync.replicas=2 if it has at least three replicas. Without it the"
                + " door answers 503 until the topic is there.")
        .add(
            PARTITIONS,
            ConfigDef.Type.INT,
            6,
            ConfigDef.Range.between(1, 10_000),
            Importance.LOW,
            "Partitions",
            "Partitions of a topic that the door creates: no more tasks than these can read it.")
        .add(
            REPLICATION_FACTOR,
            ConfigDef.Type.SHORT,
            (short) 3,
            replicas(),
            Importance.LOW,
            "Replication factor",
            "Brokers that hold each record of a topic that the door creates; -1 for the brokers'"
                + " default.");
  }

  private static Validator replicas() {
    return ConfigDef.LambdaValidator.with(
        (key, value) -> {
          if (value instanceof Short factor && (factor == 0 || factor < -1)) {
            throw new ConfigException(key, value, "must be -1 or at least 1");
          }
        },
        () -> "-1, or at least 1");
  }

  static LogConfig from(AbstractConfig config, WorkerClients clients) {
    Optional<Creation> creation =
        config.getBoolean(CREATE)
            ? Optional.of(
                new Creation(config.getInt(PARTITIONS), config.getShort(REPLICATION_FACTOR)))
            : Optional.empty();
    return new LogConfig(
        config.getString(TOPIC), creation, clients.producer(), clients.admin(), clients.worker());
  }
}
