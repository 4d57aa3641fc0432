package io.datapoints.connect.config.format;

import io.datapoints.connect.config.setting.Layout;
import io.datapoints.connect.config.setting.Review;
import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * In which format metrics come.
 *
 * @param format that of all topics of a connector
 * @param defaultTag of a point that has no tag, which KairosDB asks for
 * @param influx how lines become points
 * @param otlp how OpenTelemetry's data points do
 * @param telegraf how Telegraf's JSON does
 */
public record FormatConfig(
    RecordFormat format,
    Tag defaultTag,
    InfluxConfig influx,
    OtlpConfig otlp,
    TelegrafConfig telegraf) {

  public static final String FORMAT = "record.format";
  public static final String DEFAULT_TAG = "record.default.tag";

  static final String GROUP = "Formats";

  /** The settings that not all formats have. */
  private static final List<Owned> OWNED =
      List.of(
          new Owned(List.of(InfluxConfig.PRECISION), List.of("influx")),
          new Owned(InfluxConfig.OF_FIELDS, List.of("influx", "telegraf_json")),
          new Owned(OtlpConfig.ALL, List.of("otlp_proto", "otlp_json")),
          new Owned(TelegrafConfig.ALL, List.of("telegraf_json")));

  /** The settings that the door has as well. */
  private static final Set<String> REQUESTS =
      Stream.of(List.of(DEFAULT_TAG), InfluxConfig.OF_FIELDS, OtlpConfig.ALL)
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** Settings, and the formats on which they have an effect. */
  private record Owned(List<String> keys, List<String> formats) {}

  /**
   * A tag.
   *
   * @param name not empty
   * @param value not empty
   */
  public record Tag(String name, String value) {

    static Tag parse(String text) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new IllegalArgumentException("must be name=value");
      }
      return new Tag(text.substring(0, equals), text.substring(equals + 1));
    }
  }

  /** Adds the settings of all formats. */
  public static void define(ConfigDef definition) {
    new SettingGroup(definition, GROUP)
        .add(
            FORMAT,
            ConfigDef.Type.STRING,
            "kairosdb",
            Validators.oneOf(RecordFormat.class),
            Importance.HIGH,
            "Record format",
            "What the records of layout=kairosdb are written in. " + RecordFormat.descriptions())
        .add(
            DEFAULT_TAG,
            ConfigDef.Type.STRING,
            "source=unknown",
            Validators.text("name=value", Tag::parse),
            Importance.LOW,
            "Default tag",
            "The tag of a point of another format that comes without any, since KairosDB asks for"
                + " one.");
    InfluxConfig.define(definition);
    OtlpConfig.define(definition);
    TelegrafConfig.define(definition);
  }

  /** Those that have an effect on requests, which say their format and their times themselves. */
  public static ConfigDef forRequests() {
    ConfigDef all = new ConfigDef();
    define(all);
    ConfigDef some = new ConfigDef();
    all.configKeys().values().stream()
        .filter(key -> REQUESTS.contains(key.name))
        .forEach(some::define);
    return some;
  }

  /** Reads those settings from properties without a prefix. */
  public static FormatConfig ofRequests(Map<String, ?> properties) {
    ConfigDef all = new ConfigDef();
    define(all);
    Map<String, Object> some = new HashMap<>(properties);
    some.keySet().retainAll(REQUESTS);
    return from(new AbstractConfig(all, some, false));
  }

  /**
   * Reads the settings.
   *
   * @param config with sound values
   */
  public static FormatConfig from(AbstractConfig config) {
    return new FormatConfig(
        Validators.constant(RecordFormat.class, config.getString(FORMAT)),
        Tag.parse(config.getString(DEFAULT_TAG)),
        InfluxConfig.from(config),
        OtlpConfig.from(config),
        TelegrafConfig.from(config));
  }

  /**
   * Refuses what would have no effect.
   *
   * @param set the names of the settings that the user has set
   */
  public static void review(Set<String> set, Review review) {
    if (!review.sound(FORMAT, Layout.SETTING)) {
      return;
    }
    String format = review.text(FORMAT).toLowerCase(Locale.ROOT);
    boolean own = format.equals("kairosdb");
    if (!own && !review.text(Layout.SETTING).equalsIgnoreCase("kairosdb")) {
      review.error(FORMAT, FORMAT + " is for layout=kairosdb; the other layouts read fields");
    }
    if (own && set.contains(DEFAULT_TAG)) {
      review.error(DEFAULT_TAG, DEFAULT_TAG + " has no effect with record.format=kairosdb");
    }
    for (Owned owned : OWNED) {
      String owners = String.join(" or ", owned.formats());
      owned.keys().stream()
          .filter(key -> set.contains(key) && !owned.formats().contains(format))
          .forEach(key -> review.error(key, key + " is for record.format=" + owners));
    }
  }
}
