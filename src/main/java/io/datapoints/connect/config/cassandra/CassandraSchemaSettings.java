package io.datapoints.connect.config.cassandra;

import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Defines and reads the settings of {@link CassandraConfig.Schema}. */
public final class CassandraSchemaSettings {

  static final String CREATE = "cassandra.schema.create";
  static final String REPLICATION = "cassandra.replication";
  public static final String TABLE_OPTIONS = "cassandra.table.options";

  private CassandraSchemaSettings() {}

  static void define(ConfigDef definition) {
    new SettingGroup(definition, "Cassandra schema")
        .add(
            CREATE,
            ConfigDef.Type.BOOLEAN,
            true,
            null,
            Importance.MEDIUM,
            "Create schema",
            "Whether a missing keyspace and missing tables are created. Without it, something"
                + " missing fails the task; of a topic that only matches a pattern, it makes the"
                + " records bad records.")
        .add(
            REPLICATION,
            ConfigDef.Type.STRING,
            "{'class': 'SimpleStrategy', 'replication_factor': 1}",
            Validators.text("a CQL replication map", ReplicationParser::parse),
            Importance.MEDIUM,
            "Replication",
            "Replication of a keyspace that is created, as CQL writes it, such as `{'class':"
                + " 'NetworkTopologyStrategy', 'dc1': 3}`. A keyspace that exists is left alone.")
        .add(
            TABLE_OPTIONS,
            ConfigDef.Type.STRING,
            "",
            Validators.text("CQL table options", CassandraSchemaSettings::checkOptions),
            Importance.LOW,
            "Table options",
            "CQL after WITH for the layout's table of values when it is created (`data_points` or"
                + " `metrics`), such as `gc_grace_seconds = 86400`. Empty for the server's defaults."
                + " The rows of data_points carry write times in milliseconds: time window compaction"
                + " there needs `'timestamp_resolution': 'MILLISECONDS'`.");
  }

  static CassandraConfig.Schema from(AbstractConfig config) {
    return new CassandraConfig.Schema(
        config.getBoolean(CREATE),
        ReplicationParser.parse(config.getString(REPLICATION)),
        config.getString(TABLE_OPTIONS).strip());
  }

  /** Whether the text sets this option; text within quotes is ignored. */
  public static boolean sets(String options, String option) {
    String unquoted = options.replaceAll("'[^']*'", "");
    return Pattern.compile("\\b" + option + "\\b", Pattern.CASE_INSENSITIVE)
        .matcher(unquoted)
        .find();
  }

  /** Checks options that are appended to a statement after WITH. */
  public static void checkOptions(String options) {
    checkPart(options);
    if (options.strip().regionMatches(true, 0, "WITH ", 0, 5)) {
      throw new IllegalArgumentException("must start after the word WITH");
    }
  }

  /** Checks CQL that becomes part of a statement: it must not end it or comment out its rest. */
  public static void checkPart(String cql) {
    if (cql.contains(";")) {
      throw new IllegalArgumentException("must be part of one statement, without ';'");
    }
    if (cql.contains("--") || cql.contains("//") || cql.contains("/*")) {
      throw new IllegalArgumentException("must not hold a comment");
    }
  }
}
