package io.datapoints.connect.config;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.config.setting.Review;
import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.config.setting.TlsSettings;
import io.datapoints.connect.config.setting.Validators;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connection to MongoDB, and of what is created there.
 *
 * @param uri the connection string, which may hold a password
 * @param database the database
 * @param collection the collection; empty for the default of the layout
 * @param create whether a missing collection and missing indexes are created
 * @param writeConcern {@code majority}, or the number of members that must hold a write
 * @param operationTimeout the longest time of one operation, server selection included
 * @param pool the connection pool of one task
 * @param tls null if the connection string alone decides on encryption
 * @param datapoints how the points of the kairosdb layout are stored
 */
public record MongoConfig(
    Password uri,
    String database,
    String collection,
    boolean create,
    String writeConcern,
    Duration operationTimeout,
    Pool pool,
    @Nullable TlsConfig tls,
    Datapoints datapoints) {

  public static final String URI = "mongodb.uri";
  public static final String DATABASE = "mongodb.database";
  public static final String COLLECTION = "mongodb.collection";
  public static final String CREATE = "mongodb.schema.create";
  public static final String WRITE_CONCERN = "mongodb.write.concern";
  public static final String OPERATION_TIMEOUT_MS = "mongodb.operation.timeout.ms";
  public static final String POOL_MAX_SIZE = "mongodb.pool.max.size";
  public static final String POOL_MIN_SIZE = "mongodb.pool.min.size";
  public static final String POOL_MAX_IDLE_MS = "mongodb.pool.max.idle.ms";
  public static final String DATAPOINTS = "mongodb.datapoints";

  /** Names that servers on all platforms accept. */
  private static final Pattern DATABASE_NAME = Pattern.compile("[^/\\\\. \"$*<>:|?\\x00]{1,63}");

  private static final Pattern COLLECTION_NAME = Pattern.compile("|(?!system\\.)[^$\\x00]{1,200}");

  private static final Pattern CONCERN = Pattern.compile("majority|[1-9][0-9]?");

  /**
   * The connection pool of one task. For an absent value, the connection string decides, and then
   * the driver's default: at most 100 connections, none kept open, no limit of idle time.
   */
  public record Pool(
      Optional<Integer> maxSize, Optional<Integer> minSize, Optional<Duration> maxIdle) {}

  /** How the points of the kairosdb layout are stored in the collection. */
  public enum Datapoints {
    /** One document for each point. */
    POINT,

    /** One document for each series and hour. */
    BUCKET,

    /** A time-series collection. It has no unique index, so a replay stores a point again. */
    TIMESERIES
  }

  static void define(ConfigDef definition) {
    SettingGroup group = new SettingGroup(definition, "MongoDB");
    defineLocation(group);
    defineRequests(group);
    definePool(new SettingGroup(definition, "MongoDB connections"));
    TlsSettings.MONGODB.define(definition);
  }

  private static void defineLocation(SettingGroup group) {
    group
        .add(
            URI,
            ConfigDef.Type.PASSWORD,
            "mongodb://localhost:27017",
            MongoUri.validator(),
            Importance.HIGH,
            "Connection string",
            "Members, credentials and options, as `mongodb://` or `mongodb+srv://`, as Atlas gives"
                + " it. `w` and timeouts have to agree with the settings for them. Use a config"
                + " provider to keep a password out of the connector's JSON.")
        .add(
            DATABASE,
            ConfigDef.Type.STRING,
            "metrics",
            Validators.matching(
                DATABASE_NAME, "1 to 63 characters without / \\ . \" $ * < > : | ? and spaces"),
            Importance.HIGH,
            "Database",
            "The database that is written to.")
        .add(
            COLLECTION,
            ConfigDef.Type.STRING,
            "",
            Validators.matching(
                COLLECTION_NAME, "at most 200 characters without $, not beginning with system."),
            Importance.HIGH,
            "Collection",
            "The collection that is written to. Empty for `metrics` in the flows layout; in the"
                + " kairosdb layout for `data_points`, `data_points_hourly` or"
                + " `data_points_timeseries`, as mongodb.datapoints is point, bucket or timeseries:"
                + " a collection holds documents of one kind.")
        .add(
            CREATE,
            ConfigDef.Type.BOOLEAN,
            true,
            null,
            Importance.MEDIUM,
            "Create schema",
            "Whether a missing collection and missing indexes are created. Without it, a missing"
                + " collection or unique index fails the task; of a topic that only matches a"
                + " pattern, it makes the records bad records.")
        .add(
            DATAPOINTS,
            ConfigDef.Type.STRING,
            "point",
            Validators.oneOf(Datapoints.class),
            Importance.MEDIUM,
            "Data points",
            "How the kairosdb layout stores points. `point`: one document each. `bucket`: one"
                + " document for each series and hour, which is smaller and faster for dense"
                + " series; one of more than 16 MB refuses further points. `timeseries`: a"
                + " time-series collection; it cannot upsert, so a replay stores points twice, and"
                + " of the times to live only kairosdb.ttl.default applies, from the points' own"
                + " time.");
  }

  private static void defineRequests(SettingGroup group) {
    group
        .add(
            WRITE_CONCERN,
            ConfigDef.Type.STRING,
            "majority",
            Validators.matching(CONCERN, "majority, or a number from 1 to 99"),
            Importance.HIGH,
            "Write concern",
            "Members that must hold a write before its offset may be committed: `majority`, or a"
                + " number. With fewer than the majority a failover can lose committed records.")
        .add(
            OPERATION_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            3000L,
            between(1, Integer.MAX_VALUE),
            Importance.MEDIUM,
            "Operation timeout (ms)",
            "Milliseconds that a write may take, finding a server and the driver's own repetition"
                + " included. Keep it below flush.timeout.ms.");
  }

  private static void definePool(SettingGroup group) {
    group
        .add(
            POOL_MAX_SIZE,
            ConfigDef.Type.INT,
            null,
            Validators.optional(atLeast(1)),
            Importance.LOW,
            "Most connections",
            "Connections of one task to a member at most; the driver's default is 100. More than"
                + " max.in.flight.batches are never used at a time.")
        .add(
            POOL_MIN_SIZE,
            ConfigDef.Type.INT,
            null,
            Validators.optional(atLeast(0)),
            Importance.LOW,
            "Kept connections",
            "Connections that each task keeps open to a member though they are idle; the driver's"
                + " default is 0.")
        .add(
            POOL_MAX_IDLE_MS,
            ConfigDef.Type.LONG,
            null,
            Validators.optional(atLeast(0)),
            Importance.LOW,
            "Longest idle time (ms)",
            "Milliseconds after which an idle connection is closed; 0, the driver's default, for"
                + " never. Keep it below the idle timeout of firewalls on the way.");
  }

  static MongoConfig from(AbstractConfig config) {
    return new MongoConfig(
        config.getPassword(URI),
        config.getString(DATABASE),
        config.getString(COLLECTION),
        config.getBoolean(CREATE),
        config.getString(WRITE_CONCERN),
        Duration.ofMillis(config.getLong(OPERATION_TIMEOUT_MS)),
        new Pool(
            Optional.ofNullable(config.getInt(POOL_MAX_SIZE)),
            Optional.ofNullable(config.getInt(POOL_MIN_SIZE)),
            Optional.ofNullable(config.getLong(POOL_MAX_IDLE_MS)).map(Duration::ofMillis)),
        TlsSettings.MONGODB.from(config),
        Validators.constant(Datapoints.class, config.getString(DATAPOINTS)));
  }

  /** The same for a quick check: operations end within the bound, and no connection is kept. */
  public MongoConfig within(Duration bound) {
    return new MongoConfig(
        uri,
        database,
        collection,
        create,
        writeConcern,
        operationTimeout.compareTo(bound) < 0 ? operationTimeout : bound,
        new Pool(pool.maxSize(), Optional.of(0), pool.maxIdle()),
        tls,
        datapoints);
  }

  static void review(Review review) {
    review.atMost(POOL_MIN_SIZE, POOL_MAX_SIZE, "a pool cannot keep more than it may have");
    if (review.sound(OPERATION_TIMEOUT_MS, BatchingConfig.FLUSH_TIMEOUT_MS)
        && review.number(OPERATION_TIMEOUT_MS) >= review.number(BatchingConfig.FLUSH_TIMEOUT_MS)) {
      review.error(
          OPERATION_TIMEOUT_MS,
          OPERATION_TIMEOUT_MS
              + " must be below "
              + BatchingConfig.FLUSH_TIMEOUT_MS
              + ": a flush would give up before the write that it waits for");
    }
    if (review.sound(URI, WRITE_CONCERN, OPERATION_TIMEOUT_MS)
        && review.value(URI) instanceof Password uri) {
      MongoUri.review(uri.value(), review);
    }
    TlsSettings.MONGODB.review(review);
  }
}
