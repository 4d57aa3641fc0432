package io.datapoints.connect.config.mapping;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;

import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.config.cassandra.CassandraSchemaSettings;
import io.datapoints.connect.config.mapping.MappedTarget.CassandraOptions;
import io.datapoints.connect.config.setting.FieldPath;
import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import io.datapoints.connect.mapping.TimestampUnit;
import io.datapoints.connect.mapping.parser.MappingParser;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings of one table or collection: their names, types, defaults and rules. In a
 * configuration a prefix with the topic and the table precedes each name.
 */
public final class TableSettings {

  /** The prefix in descriptions of the settings. */
  public static final String ANY = "topic.<topic>.<keyspace>.<table>.";

  static final String MAPPING = "mapping";
  static final String KEY = "key";
  static final String VERSION_FIELD = "versionField";
  static final String DECIMALS = "decimals";
  static final String NULL_TO_UNSET = "nullToUnset";
  static final String DELETES_ENABLED = "deletesEnabled";
  static final String TIME_UNIT = "timeUnit";
  static final String CONSISTENCY_LEVEL = "consistencyLevel";
  static final String TTL = "ttl";
  static final String TTL_TIME_UNIT = "ttlTimeUnit";
  static final String TIMESTAMP_TIME_UNIT = "timestampTimeUnit";
  static final String TIMESTAMP_COLUMN = "timestampColumn";
  static final String QUERY = "query";
  static final String COUNTERS = "counters";
  static final String COLUMNS = "columns";
  static final String PRIMARY_KEY = "primaryKey";
  static final String TABLE_OPTIONS = "tableOptions";

  private TableSettings() {}

  /**
   * The settings of one table.
   *
   * @param prefix the prefix of each name, {@link #ANY} for descriptions
   */
  public static ConfigDef definition(MappedStore store, String prefix) {
    ConfigDef definition = new ConfigDef();
    SettingGroup shared = new SettingGroup(definition, "Mapping");
    defineMapping(shared, prefix);
    switch (store) {
      case CASSANDRA -> {
        defineWriting(new SettingGroup(definition, "Writing"), prefix);
        defineCreation(new SettingGroup(definition, "Creating the table"), prefix);
      }
      case MONGODB -> defineUpserts(new SettingGroup(definition, "Upserts"), prefix);
    }
    return definition;
  }

  private static void defineMapping(SettingGroup group, String prefix) {
    group
        .add(
            prefix + MAPPING,
            ConfigDef.Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            quietly("a mapping", MappingParser::parse),
            Importance.HIGH,
            "Mapping",
            "What of a record goes where: `column = value.field`, separated by commas. Required for"
                + " each table or collection that a topic goes to.")
        .add(
            prefix + NULL_TO_UNSET,
            ConfigDef.Type.BOOLEAN,
            true,
            null,
            Importance.MEDIUM,
            "Null leaves unset",
            "Whether a null leaves what is stored as it is; otherwise it is written, which in"
                + " Cassandra makes a tombstone. A field that is missing leaves it in any case;"
                + " `coalesce(value.x, null)` writes a null for it as well.")
        .add(
            prefix + DELETES_ENABLED,
            ConfigDef.Type.BOOLEAN,
            true,
            null,
            Importance.MEDIUM,
            "Deletes",
            "Whether a record without a value deletes what its mapping writes: the row or document"
                + " of its key, or its own columns where others have more; in Cassandra also one"
                + " with nothing but nulls, if the mapping covers all columns beside the key."
                + " Otherwise behavior.on.null.values says what becomes of it.")
        .add(
            prefix + TIME_UNIT,
            ConfigDef.Type.STRING,
            null,
            Validators.optional(Validators.oneOf(TimestampUnit.class)),
            Importance.MEDIUM,
            "Time unit",
            "The unit of numbers that stand for a time: `s`, `ms`, `us` or `ns` since the epoch;"
                + " with `iso8601` only texts do. That of timestamp.unit unless given.");
  }

  private static void defineWriting(SettingGroup group, String prefix) {
    group
        .add(
            prefix + CONSISTENCY_LEVEL,
            ConfigDef.Type.STRING,
            null,
            Validators.optional(Validators.oneOf(CassandraConfig.CONSISTENCY_LEVELS)),
            Importance.MEDIUM,
            "Consistency level",
            "Replicas that must hold a write before its offset may be committed. That of"
                + " cassandra.consistency.level unless given.")
        .add(
            prefix + TTL,
            ConfigDef.Type.INT,
            CassandraOptions.TTL_OF_TABLE,
            atLeast(CassandraOptions.TTL_OF_TABLE),
            Importance.MEDIUM,
            "TTL",
            "How long a row lives from its write, in ttlTimeUnit, at most twenty years. 0 is for"
                + " ever, whatever the default of the table is; -1 leaves it to the table. A"
                + " mapping to `__ttl` gives each row its own.")
        .add(
            prefix + TTL_TIME_UNIT,
            ConfigDef.Type.STRING,
            "SECONDS",
            Validators.oneOf(TimeUnit.class),
            Importance.LOW,
            "Unit of TTLs",
            "The unit of ttl, and of what is mapped to `__ttl`.")
        .add(
            prefix + TIMESTAMP_TIME_UNIT,
            ConfigDef.Type.STRING,
            "MICROSECONDS",
            Validators.oneOf(TimeUnit.class),
            Importance.LOW,
            "Unit of __timestamp",
            "The unit of what is mapped to `__timestamp`, the write timestamp of the row.")
        .add(
            prefix + TIMESTAMP_COLUMN,
            ConfigDef.Type.STRING,
            null,
            Validators.optional(Validators.text("a column", TableSettings::checkColumn)),
            Importance.LOW,
            "Timestamp column",
            "The column whose value is the time of writing where a record has no timestamp of its"
                + " own and nothing is mapped to `__timestamp`; the present unless given.")
        .add(
            prefix + QUERY,
            ConfigDef.Type.STRING,
            null,
            Validators.optional(quietly("a CQL statement", TableSettings::checkQuery)),
            Importance.LOW,
            "Query",
            "A CQL statement to execute for each record instead of an insert, with `:column` for"
                + " what is mapped to a column.")
        .add(
            prefix + COUNTERS,
            ConfigDef.Type.BOOLEAN,
            false,
            null,
            Importance.LOW,
            "Counters",
            "Whether columns of type counter may be raised, by `=` or `+=`. Connect may deliver a"
                + " record twice, which counts it twice.");
  }

  private static void defineCreation(SettingGroup group, String prefix) {
    group
        .add(
            prefix + COLUMNS,
            ConfigDef.Type.STRING,
            null,
            Validators.optional(quietly("columns and their types", TableSettings::checkCql)),
            Importance.MEDIUM,
            "Columns",
            "The columns of the table, which is then created when it is missing: `id text, day"
                + " date, ts timestamp, value double`.")
        .add(
            prefix + PRIMARY_KEY,
            ConfigDef.Type.STRING,
            null,
            Validators.optional(quietly("a primary key", TableSettings::checkCql)),
            Importance.MEDIUM,
            "Primary key",
            "The primary key of a table to create, with the order of clustering: `(id, day), ts"
                + " DESC`.")
        .add(
            prefix + TABLE_OPTIONS,
            ConfigDef.Type.STRING,
            "",
            quietly("CQL table options", CassandraSchemaSettings::checkOptions),
            Importance.LOW,
            "Table options",
            "What CQL has after WITH, for a table to create: `default_time_to_live = 86400 AND"
                + " compaction = {'class': 'TimeWindowCompactionStrategy'}`.");
  }

  private static void defineUpserts(SettingGroup group, String prefix) {
    group
        .add(
            prefix + KEY,
            ConfigDef.Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            quietly("field paths separated by commas", TableSettings::keyFields),
            Importance.HIGH,
            "Key",
            "The fields that make a document the same one, separated by commas: the filter of its"
                + " upsert. Each must be mapped. Required.")
        .add(
            prefix + VERSION_FIELD,
            ConfigDef.Type.STRING,
            "_kafka",
            quietly("a field name, or nothing", TableSettings::checkVersionField),
            Importance.LOW,
            "Version field",
            "The field in which each document keeps the offset of the record that changed it last,"
                + " by topic and partition, so that a write which the server executes late cannot"
                + " undo a newer one. Empty for none, and then it can.")
        .add(
            prefix + DECIMALS,
            ConfigDef.Type.STRING,
            "declared",
            Validators.oneOf(MappedTarget.Decimals.class),
            Importance.LOW,
            "Decimals",
            "Which numbers are stored as Decimal128. `declared`: those of which the record's schema"
                + " (Connect's Decimal) or the mapping (`decimal(x)`) says so. `fractions`:"
                + " floating point numbers as well, and what JSON writes with a point or an"
                + " exponent. `all`: whole numbers too, so that a field has one type whatever its"
                + " numbers. Numbers of the key stay as they are, so that it finds the documents"
                + " that are there.");
  }

  private static void checkColumn(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("must be the name of a mapped column");
    }
  }

  private static void checkVersionField(String name) {
    if (name.indexOf('.') >= 0 || name.startsWith("$") || name.equals("_id")) {
      throw new IllegalArgumentException("must be a field of its own, at the top of a document");
    }
    if (!name.isEmpty()) {
      FieldPath.parse(name);
    }
  }

  /** Parses the paths in {@link #KEY}. */
  static List<String> keyFields(String text) {
    List<String> fields = List.of(text.split(",", -1)).stream().map(String::strip).toList();
    fields.forEach(FieldPath::parse);
    if (fields.stream().distinct().count() < fields.size()) {
      throw new IllegalArgumentException("must not name a field twice");
    }
    return fields;
  }

  private static void checkQuery(String text) {
    if (text.isBlank() || text.indexOf(':') < 0) {
      throw new IllegalArgumentException("must be a CQL statement with a :name for each column");
    }
  }

  private static void checkCql(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be blank");
    }
    CassandraSchemaSettings.checkPart(text);
  }

  /** Like {@link Validators#text}, but messages do not repeat the value, which may be long. */
  private static Validator quietly(String description, Consumer<String> parser) {
    return LambdaValidator.with(
        (key, value) -> {
          try {
            parser.accept(String.valueOf(value));
          } catch (IllegalArgumentException e) {
            throw new ConfigException(key + ": " + e.getMessage());
          }
        },
        () -> description);
  }
}
