package io.datapoints.connect.config.door;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.config.format.FormatConfig;
import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * What the door takes, and how much of it at a time.
 *
 * @param rules those of the sink that reads the topic
 * @param formats how requests in other formats than KairosDB's are read
 * @param maxRequestBytes bytes of a body, as it is sent and inflated
 * @param maxInFlightBytes bytes of all requests that the log has not done with
 * @param maxInFlightRequests requests that wait for their answers
 * @param answerTimeout after which a request is answered that its outcome is unknown
 */
public record IntakeConfig(
    KairosConfig rules,
    FormatConfig formats,
    int maxRequestBytes,
    long maxInFlightBytes,
    int maxInFlightRequests,
    Duration answerTimeout) {

  public static final String VALIDATION_RULES = "datapoints.http.validation.rules";
  public static final String EXTENDED_TYPES = "datapoints.http.extended.types";
  public static final String MAX_REQUEST_BYTES = "datapoints.http.max.request.bytes";
  public static final String MAX_IN_FLIGHT_BYTES = "datapoints.http.max.in.flight.bytes";
  public static final String MAX_IN_FLIGHT_REQUESTS = "datapoints.http.max.in.flight.requests";
  public static final String ANSWER_TIMEOUT_MS = "datapoints.http.answer.timeout.ms";

  private static final String PREFIX = "datapoints.http.";

  /** The position of the first setting of the formats in its group. */
  private static final int FIRST_FORMAT = 1;

  private static final int MEBIBYTE = 1024 * 1024;

  /** The part of the heap that requests may take, whatever is set. */
  private static final int HEAP_PART = 4;

  private enum Rules {
    KAIROSDB,
    STRICT
  }

  static void define(ConfigDef definition) {
    new SettingGroup(definition, "Requests")
        .add(
            VALIDATION_RULES,
            ConfigDef.Type.STRING,
            "kairosdb",
            Validators.oneOf(Rules.class),
            Importance.MEDIUM,
            "Validation rules",
            "As `validation.rules` of the connector that reads the topic, and best the same: what"
                + " is accepted here must not be a bad record there.")
        .add(
            EXTENDED_TYPES,
            ConfigDef.Type.BOOLEAN,
            false,
            null,
            Importance.LOW,
            "Extended types",
            "As `kairosdb.extended.types` of the connector that reads the topic, and best the same.")
        .add(
            MAX_REQUEST_BYTES,
            ConfigDef.Type.INT,
            16 * MEBIBYTE,
            between(1024, 256 * MEBIBYTE),
            Importance.MEDIUM,
            "Request bytes",
            "Bytes of a body, as it is sent and inflated; a larger one is answered 413.")
        .add(
            MAX_IN_FLIGHT_BYTES,
            ConfigDef.Type.LONG,
            64L * MEBIBYTE,
            between(MEBIBYTE, Long.MAX_VALUE),
            Importance.MEDIUM,
            "Bytes in flight",
            "Bytes of all requests that Kafka has not done with, at most a quarter of the heap;"
                + " beyond that a request is answered 503.")
        .add(
            MAX_IN_FLIGHT_REQUESTS,
            ConfigDef.Type.INT,
            1_000,
            between(1, 1_000_000),
            Importance.LOW,
            "Requests in flight",
            "Requests that wait for their answers; beyond that a request is answered 503.")
        .add(
            ANSWER_TIMEOUT_MS,
            ConfigDef.Type.INT,
            9_000,
            between(100, 600_000),
            Importance.MEDIUM,
            "Answer timeout (ms)",
            "After which a request that Kafka has not acknowledged is answered 503: its outcome is"
                + " unknown. Less than the read timeout of the clients, which is often 10 s.");
    definition.embed(PREFIX, "", FIRST_FORMAT, FormatConfig.forRequests());
  }

  static IntakeConfig from(AbstractConfig config) {
    long maxInFlightBytes =
        Math.min(config.getLong(MAX_IN_FLIGHT_BYTES), Runtime.getRuntime().maxMemory() / HEAP_PART);
    return new IntakeConfig(
        new KairosConfig(
            config.getBoolean(EXTENDED_TYPES),
            Validators.constant(Rules.class, config.getString(VALIDATION_RULES)) == Rules.STRICT,
            new Times(TimestampUnit.MS, null),
            new KairosConfig.Ttl(0, false, false)),
        FormatConfig.ofRequests(config.originalsWithPrefix(PREFIX)),
        (int) Math.min(config.getInt(MAX_REQUEST_BYTES), maxInFlightBytes),
        maxInFlightBytes,
        config.getInt(MAX_IN_FLIGHT_REQUESTS),
        Duration.ofMillis(config.getInt(ANSWER_TIMEOUT_MS)));
  }
}
