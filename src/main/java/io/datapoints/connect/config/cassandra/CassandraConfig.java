package io.datapoints.connect.config.cassandra;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.config.setting.Review;
import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.config.setting.TlsSettings;
import io.datapoints.connect.config.setting.Validators;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.NonEmptyStringWithoutControlChars;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connection to Cassandra, and of what is created there.
 *
 * @param contactPoints {@code host:port} each, an IPv6 host in brackets
 * @param localDatacenter the data centre whose nodes are used
 * @param keyspace the keyspace in the case that the database shows, without quotes
 * @param username null for no authentication
 * @param password null for no authentication
 * @param consistencyLevel the driver's name of the level
 * @param requestTimeout the longest time of one request
 * @param connectTimeout the longest time for connecting to one node
 * @param sharedBatches how much a batch of several partitions may hold
 * @param pool the connection pool of one task
 * @param tls null for plain connections
 * @param schema what is created if it is missing
 * @param driverOptions options that are passed to the driver unchanged, by their path below
 *     datastax-java-driver
 */
public record CassandraConfig(
    List<String> contactPoints,
    String localDatacenter,
    String keyspace,
    @Nullable String username,
    @Nullable Password password,
    String consistencyLevel,
    Duration requestTimeout,
    Duration connectTimeout,
    SharedBatches sharedBatches,
    Pool pool,
    @Nullable TlsConfig tls,
    Schema schema,
    Map<String, String> driverOptions) {

  public static final String CONTACT_POINTS = "cassandra.contact.points";
  public static final String LOCAL_DATACENTER = "cassandra.local.datacenter";
  public static final String KEYSPACE = "cassandra.keyspace";
  public static final String USERNAME = "cassandra.username";
  public static final String PASSWORD = "cassandra.password";
  public static final String CONSISTENCY_LEVEL = "cassandra.consistency.level";
  public static final String REQUEST_TIMEOUT_MS = "cassandra.request.timeout.ms";
  public static final String CONNECT_TIMEOUT_MS = "cassandra.connect.timeout.ms";
  public static final String SCHEMA_CREATE = CassandraSchemaSettings.CREATE;

  /**
   * The levels at which an acknowledged write is on a replica. ANY is excluded: a hint on the
   * coordinator satisfies it, and a write that exists only as a hint is not durable.
   */
  public static final List<String> CONSISTENCY_LEVELS =
      List.of("LOCAL_ONE", "ONE", "TWO", "THREE", "LOCAL_QUORUM", "QUORUM", "EACH_QUORUM", "ALL");

  private static final Pattern KEYSPACE_NAME = Pattern.compile("[A-Za-z0-9_]{1,48}");

  /** The driver stores some of its timeouts as int milliseconds. */
  private static final long MAX_TIMEOUT_MS = Integer.MAX_VALUE;

  /**
   * The connections of one task. It connects to all nodes of the local data centre.
   *
   * @param connectionsPerNode connections to each node
   * @param failoverRemoteNodes nodes of each other data centre that are used while no local node
   *     answers, 0 for none
   */
  public record Pool(int connectionsPerNode, int failoverRemoteNodes) {}

  /**
   * What is created if it is missing.
   *
   * @param create whether anything is created
   * @param replication the replication map of a new keyspace
   * @param tableOptions CQL after WITH for the table of the layout, empty for the server's defaults
   */
  public record Schema(boolean create, Map<String, String> replication, String tableOptions) {}

  public static ConfigDef define(ConfigDef definition) {
    SettingGroup group = new SettingGroup(definition, "Cassandra");
    defineLocation(group);
    defineRequests(group);
    SharedBatches.define(group);
    CassandraPoolSettings.define(group);
    CassandraSchemaSettings.define(definition);
    TlsSettings.CASSANDRA.define(definition);
    return definition;
  }

  private static void defineLocation(SettingGroup group) {
    group
        .add(
            CONTACT_POINTS,
            ConfigDef.Type.LIST,
            "127.0.0.1:9042",
            ContactPointParser.validator(),
            Importance.HIGH,
            "Contact points",
            "Nodes to connect to first, `host:port` separated by commas; the others are found"
                + " through them. The port is 9042 if left out, an IPv6 address stands in brackets.")
        .add(
            LOCAL_DATACENTER,
            ConfigDef.Type.STRING,
            "datacenter1",
            new NonEmptyStringWithoutControlChars(),
            Importance.HIGH,
            "Local data centre",
            "The data centre whose nodes are used, as `nodetool status` shows it.")
        .add(
            KEYSPACE,
            ConfigDef.Type.STRING,
            "kairosdb",
            Validators.matching(KEYSPACE_NAME, "1 to 48 letters, digits or underscores"),
            Importance.HIGH,
            "Keyspace",
            "The keyspace that is written to, in the case that the database shows.")
        .add(
            USERNAME,
            ConfigDef.Type.STRING,
            null,
            new NonEmptyString(),
            Importance.HIGH,
            "User",
            "User name for password authentication; leave out for none.")
        .add(
            PASSWORD,
            ConfigDef.Type.PASSWORD,
            null,
            null,
            Importance.HIGH,
            "Password",
            "Password of that user. Use a config provider to keep it out of the connector's JSON.");
  }

  private static void defineRequests(SettingGroup group) {
    group
        .add(
            CONSISTENCY_LEVEL,
            ConfigDef.Type.STRING,
            "LOCAL_QUORUM",
            Validators.oneOf(CONSISTENCY_LEVELS),
            Importance.HIGH,
            "Consistency level",
            "Replicas that must hold a write before its offset may be committed.")
        .add(
            REQUEST_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            3000L,
            between(1, MAX_TIMEOUT_MS),
            Importance.MEDIUM,
            "Request timeout (ms)",
            "Milliseconds after which a write without an answer is repeated. Keep it above the"
                + " server's write_request_timeout (2000) and below flush.timeout.ms.")
        .add(
            CONNECT_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            5000L,
            between(1, MAX_TIMEOUT_MS),
            Importance.LOW,
            "Connect timeout (ms)",
            "Milliseconds that opening a connection to one node may take.");
  }

  public static CassandraConfig from(AbstractConfig config) {
    return new CassandraConfig(
        config.getList(CONTACT_POINTS).stream().map(ContactPointParser::parse).toList(),
        config.getString(LOCAL_DATACENTER),
        config.getString(KEYSPACE),
        config.getString(USERNAME),
        config.getPassword(PASSWORD),
        config.getString(CONSISTENCY_LEVEL).toUpperCase(Locale.ROOT),
        Duration.ofMillis(config.getLong(REQUEST_TIMEOUT_MS)),
        Duration.ofMillis(config.getLong(CONNECT_TIMEOUT_MS)),
        SharedBatches.from(config),
        CassandraPoolSettings.from(config),
        TlsSettings.CASSANDRA.from(config),
        CassandraSchemaSettings.from(config),
        DriverOptions.from(config));
  }

  /**
   * The same connection for a quick check: no request and no connection attempt takes longer than
   * the bound, and each node gets one connection.
   */
  public CassandraConfig within(Duration bound) {
    return new CassandraConfig(
        contactPoints,
        localDatacenter,
        keyspace,
        username,
        password,
        consistencyLevel,
        requestTimeout.compareTo(bound) < 0 ? requestTimeout : bound,
        connectTimeout.compareTo(bound) < 0 ? connectTimeout : bound,
        sharedBatches,
        new Pool(1, pool.failoverRemoteNodes()),
        tls,
        schema,
        driverOptions);
  }

  public static void review(Review review) {
    if (review.sound(USERNAME) && !review.given(PASSWORD)) {
      review.error(PASSWORD, PASSWORD + " is missing: " + USERNAME + " is set");
    }
    if (review.sound(PASSWORD) && !review.given(USERNAME)) {
      review.error(USERNAME, USERNAME + " is missing: " + PASSWORD + " is set");
    }
    if (review.sound(REQUEST_TIMEOUT_MS, BatchingConfig.FLUSH_TIMEOUT_MS)
        && review.number(REQUEST_TIMEOUT_MS) >= review.number(BatchingConfig.FLUSH_TIMEOUT_MS)) {
      review.error(
          REQUEST_TIMEOUT_MS,
          REQUEST_TIMEOUT_MS
              + " must be below "
              + BatchingConfig.FLUSH_TIMEOUT_MS
              + ": a flush would give up before the write that it waits for");
    }
    TlsSettings.CASSANDRA.review(review);
  }

  /** Shows the names of the driver options without their values, since a value may be a secret. */
  @Override
  public String toString() {
    return ("CassandraConfig[contactPoints=%s, localDatacenter=%s, keyspace=%s, username=%s,"
            + " password=%s, consistencyLevel=%s, requestTimeout=%s, connectTimeout=%s,"
            + " sharedBatches=%s, pool=%s, tls=%s, schema=%s, driverOptions=%s]")
        .formatted(
            contactPoints,
            localDatacenter,
            keyspace,
            username,
            password,
            consistencyLevel,
            requestTimeout,
            connectTimeout,
            sharedBatches,
            pool,
            tls,
            schema,
            driverOptions.keySet());
  }
}
