package io.datapoints.connect.config;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.datapoints.connect.config.setting.FieldPath;
import io.datapoints.connect.config.setting.Review;
import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import io.datapoints.connect.mapping.Condition;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.parser.ConditionParser;
import io.datapoints.connect.model.TtlLimits;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the flows layout that both connectors have.
 *
 * @param format what the records are written in
 * @param key what makes two flows the same one
 * @param ids where a record may have what tells its flows apart; empty unless that is in the key
 * @param paths where a record may have each field, in the order in which they are looked at; each
 *     path is names separated by dots
 * @param defaultPort the ports of a flow that has none, null if it must have them
 * @param defaultValue the value of a flow that has none, null if it must have one
 * @param times how a record writes its times
 * @param protocolNames whether a protocol's number is replaced by its name
 * @param filter which records are flows; null for all
 * @param ttlSeconds the time to live of a flow, 0 for none
 */
public record FlowsConfig(
    Format format,
    FlowsKey key,
    List<String> ids,
    Map<Field, List<String>> paths,
    @Nullable Integer defaultPort,
    @Nullable Integer defaultValue,
    Times times,
    boolean protocolNames,
    @Nullable Condition filter,
    int ttlSeconds) {

  public static final String PRESET = "flows.preset";
  public static final String FORMAT = "flows.format";
  public static final String FIELD_PREFIX = "flows.field.";
  public static final String PROTOCOL_NAMES = "flows.protocol.names";
  public static final String DEFAULT_PORT = "flows.port.default";
  public static final String DEFAULT_VALUE = "flows.value.default";
  public static final String FILTER = "flows.filter";
  public static final String TTL = "flows.ttl.seconds";

  private static final int MAX_NAMES = 32;
  private static final int MAX_PATHS = 8;
  private static final int MAX_PORT = 65_535;

  /** What the values of records are written in. */
  public enum Format {
    /** JSON, or what a converter made of a value. */
    JSON,

    /** A FlowMessage of goflow2 in Protobuf. */
    GOFLOW2
  }

  /** The fields of a flow, named as its columns are. */
  public enum Field {
    SOURCE_IP,
    DEST_IP,
    SOURCE_PORT,
    DEST_PORT,
    PROTOCOL,
    TIMESTAMP,
    VALUE;

    /** The name of the column or document field, and of the record's field by default. */
    public String column() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The position of this field in lists that have one element for each field. */
    @SuppressWarnings("EnumOrdinal")
    public int row() {
      return ordinal();
    }

    /** The setting that names the record's field. */
    public String setting() {
      return FIELD_PREFIX + column();
    }
  }

  /** Where a record may have this field. */
  public List<String> paths(Field field) {
    return paths.getOrDefault(field, List.of(field.column()));
  }

  static void define(ConfigDef definition) {
    SettingGroup group =
        new SettingGroup(definition, "Flows")
            .add(
                PRESET,
                ConfigDef.Type.STRING,
                null,
                Validators.optional(Validators.oneOf(CollectorPreset.class)),
                Importance.HIGH,
                "Preset",
                "The collector that wrote the flows. It stands for those of the other settings of"
                    + " flows, timestamp.unit and timestamp.zone that fit its records; what is set"
                    + " beside it takes precedence, setting by setting.")
            .add(
                FORMAT,
                ConfigDef.Type.STRING,
                "json",
                Validators.oneOf(Format.class),
                Importance.LOW,
                "Format",
                "What the values of records are written in. `json`: JSON, or the maps and structs"
                    + " of a converter. `goflow2`: a FlowMessage of goflow2 in Protobuf, with or"
                    + " without its length before it; its fields have the names of goflow2's JSON,"
                    + " and protocols are numbers.");
    for (Field field : Field.values()) {
      group.add(
          field.setting(),
          ConfigDef.Type.STRING,
          field.column(),
          Validators.text("field names separated by dots", FlowsConfig::split),
          Importance.MEDIUM,
          "Field of " + field.column(),
          "Where a record has its "
              + field.column()
              + ": a field name, or a path such as `source.address`, which also finds a field of"
              + " that whole name, dots included. Of several, separated by commas, the first one"
              + " that is there and not null counts; of addresses the first one that is not"
              + " `0.0.0.0` or `::`, and of times the first one that is not 0, which alone are"
              + " an address and a time too.");
    }
    FlowsKey.define(definition);
    group
        .add(
            DEFAULT_PORT,
            ConfigDef.Type.INT,
            null,
            Validators.optional(between(0, MAX_PORT)),
            Importance.LOW,
            "Default port",
            "The ports of a flow that has none, as those of ICMP; `0` is usual. Unless it is set,"
                + " such a flow is a bad record.")
        .add(
            DEFAULT_VALUE,
            ConfigDef.Type.INT,
            null,
            Validators.optional(atLeast(0)),
            Importance.LOW,
            "Default value",
            "The value of a flow that has none: `1` counts events that carry no bytes. Unless it is"
                + " set, such a flow is a bad record.")
        .add(
            PROTOCOL_NAMES,
            ConfigDef.Type.BOOLEAN,
            false,
            null,
            Importance.LOW,
            "Protocol names",
            "Whether the number of a protocol, also one written as a text, is stored as its IANA"
                + " keyword in lower case, such as `tcp` for 6; a number without one stays a"
                + " number. Texts are then stored in lower case too, so that `TCP` and 6 are one"
                + " protocol; otherwise they are stored as written.")
        .add(
            FILTER,
            ConfigDef.Type.STRING,
            "",
            Validators.text("a condition, or nothing", FlowsConfig::filter),
            Importance.MEDIUM,
            "Filter",
            "Which records are flows, where a topic has others too: `event_type=flow`,"
                + " `event_type in (flow, netflow)`, `log_status not in (NODATA, SKIPDATA)`,"
                + " `type!=start`, or `flow` for a field that is there and not null, joined by"
                + " `and` and `or`. A value with blanks or signs stands in single quotes. Other"
                + " records are skipped and counted, and are no bad ones. Empty for all.")
        .add(
            TTL,
            ConfigDef.Type.INT,
            0,
            between(0, TtlLimits.MAX_SECONDS),
            Importance.MEDIUM,
            "TTL (s)",
            "Seconds that flows live; 0 keeps them for ever. Put on the table or collection when it"
                + " is created: in Cassandra it counts from the write, in MongoDB from the flow's"
                + " own time.");
  }

  /** Adds the settings of the preset that the user has not set. */
  static void addPreset(Map<String, String> settings) {
    String preset = settings.get(PRESET);
    if (preset != null) {
      CollectorPreset.of(preset)
          .ifPresent(known -> known.settings().forEach(settings::putIfAbsent));
    }
  }

  /** Refuses a preset that would have no effect. */
  static void review(Review review) {
    if (review.given(PRESET)
        && review.sound(PipelineConfig.LAYOUT)
        && !review.text(PipelineConfig.LAYOUT).equalsIgnoreCase("flows")) {
      review.error(PRESET, PRESET + " is for layout=flows");
    }
    FlowsKey.review(review);
  }

  static List<String> split(String text) {
    List<String> paths = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (paths.size() > MAX_PATHS) {
      throw new IllegalArgumentException("must not have more than " + MAX_PATHS + " paths");
    }
    for (String path : paths) {
      if (FieldPath.parse(path).size() > MAX_NAMES) {
        throw new IllegalArgumentException("must not have more than " + MAX_NAMES + " names");
      }
    }
    return paths;
  }

  private static @Nullable Condition filter(String text) {
    return text.isBlank() ? null : ConditionParser.parse(text, FieldPath::parse);
  }

  static FlowsConfig from(AbstractConfig config) {
    Map<Field, List<String>> paths = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      paths.put(field, split(config.getString(field.setting())));
    }
    FlowsKey key = Validators.constant(FlowsKey.class, config.getString(FlowsKey.SETTING));
    return new FlowsConfig(
        Validators.constant(Format.class, config.getString(FORMAT)),
        key,
        key == FlowsKey.ID ? split(config.getString(FlowsKey.ID_FIELD)) : List.of(),
        Map.copyOf(paths),
        config.getInt(DEFAULT_PORT),
        config.getInt(DEFAULT_VALUE),
        RecordConfig.times(config),
        config.getBoolean(PROTOCOL_NAMES),
        filter(config.getString(FILTER)),
        config.getInt(TTL));
  }
}
