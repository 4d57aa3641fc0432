package io.datapoints.connect.config.setting;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * When buffered rows are written, and how much one task may buffer. All limits are per task.
 *
 * @param maxRows the most rows in a batch
 * @param maxBytes the most encoded bytes in a batch; a single larger row is written alone
 * @param linger how long a row waits for more rows of its batch
 * @param bufferMaxRows the most rows buffered or in flight before the task pauses partitions
 * @param bufferMaxBytes the most heap bytes, with records, before the task pauses partitions
 * @param maxInFlightBatches the most batches in flight at the same time
 * @param flushTimeout how long a flush waits for acknowledgements
 */
public record BatchingConfig(
    int maxRows,
    int maxBytes,
    Duration linger,
    int bufferMaxRows,
    long bufferMaxBytes,
    int maxInFlightBatches,
    Duration flushTimeout) {

  public static final String MAX_ROWS = "batch.max.rows";
  public static final String MAX_BYTES = "batch.max.bytes";
  public static final String LINGER_MS = "linger.ms";
  public static final String BUFFER_MAX_ROWS = "buffer.max.rows";
  public static final String BUFFER_MAX_BYTES = "buffer.max.bytes";
  public static final String MAX_IN_FLIGHT_BATCHES = "max.in.flight.batches";
  public static final String FLUSH_TIMEOUT_MS = "flush.timeout.ms";

  /** The native protocol has 16 bits for the number of statements in a batch. */
  private static final int PROTOCOL_MAX_ROWS = 65_535;

  /** Half of a 32 MiB commit log segment: the largest mutation of a server with its defaults. */
  private static final int SERVER_MAX_BYTES = 16 * 1024 * 1024;

  /** Well below the limit of the driver for one connection; a server is overloaded long before. */
  private static final int MOST_IN_FLIGHT = 1000;

  /** The defaults that suit each store. */
  public enum Defaults {
    CASSANDRA(
        250,
        512 * 1024,
        32,
        "Rows of one partition that are written in one batch at most. Between 100 and 500 suits"
            + " Cassandra best; larger batches only add latency."),
    MONGODB(
        1000,
        4 * 1024 * 1024,
        8,
        "Operations in one bulk write at most. About 1,000 suit MongoDB best; larger bulks only add"
            + " latency.");

    private final int maxRows;
    private final int maxBytes;
    private final int maxInFlightBatches;
    private final String maxRowsDoc;

    Defaults(int maxRows, int maxBytes, int maxInFlightBatches, String maxRowsDoc) {
      this.maxRows = maxRows;
      this.maxBytes = maxBytes;
      this.maxInFlightBatches = maxInFlightBatches;
      this.maxRowsDoc = maxRowsDoc;
    }
  }

  public static void define(ConfigDef definition, Defaults defaults) {
    SettingGroup group = new SettingGroup(definition, "Batching");
    defineBatch(group, defaults);
    defineBuffer(group, defaults);
  }

  private static void defineBatch(SettingGroup group, Defaults defaults) {
    group
        .add(
            MAX_ROWS,
            ConfigDef.Type.INT,
            defaults.maxRows,
            between(1, PROTOCOL_MAX_ROWS),
            Importance.HIGH,
            "Rows per batch",
            defaults.maxRowsDoc)
        .add(
            MAX_BYTES,
            ConfigDef.Type.INT,
            defaults.maxBytes,
            between(1, SERVER_MAX_BYTES),
            Importance.MEDIUM,
            "Bytes per batch",
            "Encoded bytes in one batch at most. A single row that is larger is written alone.")
        .add(
            LINGER_MS,
            ConfigDef.Type.LONG,
            1000L,
            atLeast(0),
            Importance.MEDIUM,
            "Linger (ms)",
            "Milliseconds that a row waits for others of its batch before it is written.");
  }

  private static void defineBuffer(SettingGroup group, Defaults defaults) {
    group
        .add(
            BUFFER_MAX_ROWS,
            ConfigDef.Type.INT,
            100_000,
            atLeast(1),
            Importance.MEDIUM,
            "Rows in memory",
            "Rows that one task holds, waiting or under way, before it reads no more and pauses its"
                + " partitions. A record with more samples is a bad record.")
        .add(
            BUFFER_MAX_BYTES,
            ConfigDef.Type.LONG,
            64L * 1024 * 1024,
            atLeast(1),
            Importance.MEDIUM,
            "Bytes in memory",
            "Bytes of the heap that one task holds, records included, before it reads no more and"
                + " pauses its partitions.")
        .add(
            MAX_IN_FLIGHT_BATCHES,
            ConfigDef.Type.INT,
            defaults.maxInFlightBatches,
            between(1, MOST_IN_FLIGHT),
            Importance.MEDIUM,
            "Batches in flight",
            "Batches of one task under way at the same time; further rows wait in memory.")
        .add(
            FLUSH_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            4000L,
            atLeast(1),
            Importance.LOW,
            "Flush timeout (ms)",
            "Milliseconds that a flush waits for acknowledgements; what is not acknowledged by then"
                + " is committed by a later flush. Keep it below the worker's"
                + " offset.flush.timeout.ms (5000).");
  }

  public static BatchingConfig from(AbstractConfig config) {
    return new BatchingConfig(
        config.getInt(MAX_ROWS),
        config.getInt(MAX_BYTES),
        Duration.ofMillis(config.getLong(LINGER_MS)),
        config.getInt(BUFFER_MAX_ROWS),
        config.getLong(BUFFER_MAX_BYTES),
        config.getInt(MAX_IN_FLIGHT_BATCHES),
        Duration.ofMillis(config.getLong(FLUSH_TIMEOUT_MS)));
  }

  public static void review(Review review) {
    review.atMost(MAX_ROWS, BUFFER_MAX_ROWS, "the batch would never fill");
    review.atMost(MAX_BYTES, BUFFER_MAX_BYTES, "the batch would never fill");
  }
}
