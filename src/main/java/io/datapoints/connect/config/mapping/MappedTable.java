package io.datapoints.connect.config.mapping;

import io.datapoints.connect.config.mapping.MappedTarget.CassandraOptions;
import io.datapoints.connect.config.mapping.MappedTarget.MongoOptions;
import io.datapoints.connect.config.mapping.MappedTarget.Options;
import io.datapoints.connect.config.mapping.MappedTarget.TableToCreate;
import io.datapoints.connect.config.setting.Validators;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import io.datapoints.connect.mapping.WithoutValue;
import io.datapoints.connect.mapping.parser.MappingParser;
import io.datapoints.connect.model.TtlLimits;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one table or collection, for one topic or for all topics that match a pattern.
 * Immutable.
 *
 * @param key one of the keys of its settings
 * @param pattern the pattern of the topic names; null for one topic
 */
record MappedTable(TableKey key, @Nullable Pattern pattern, Mapping mapping, Options options) {

  /**
   * Reads the settings of one table, which must be valid.
   *
   * @param properties the properties of the whole connector
   * @param times how times are read; a table may have a unit of its own
   */
  static MappedTable from(
      TableKey key, Map<String, String> properties, MappedStore store, Times times) {
    String prefix = key.prefix();
    AbstractConfig config =
        new AbstractConfig(TableSettings.definition(store, prefix), properties, false);
    Mapping mapping = MappingParser.parse(config.getString(prefix + TableSettings.MAPPING));
    String ownUnit = config.getString(prefix + TableSettings.TIME_UNIT);
    Options options =
        new Options(
            config.getBoolean(prefix + TableSettings.NULL_TO_UNSET),
            config.getBoolean(prefix + TableSettings.DELETES_ENABLED)
                && (store != MappedStore.MONGODB || keyOutlivesValue(prefix, mapping, config)),
            ownUnit == null
                ? times
                : new Times(Validators.constant(TimestampUnit.class, ownUnit), times.zone()),
            switch (store) {
              case CASSANDRA -> cassandra(prefix, config);
              case MONGODB -> mongo(prefix, config);
            });
    return new MappedTable(key, key.pattern(), mapping, options);
  }

  /** Whether a record without a value may name a document; where none can, none is deleted. */
  private static boolean keyOutlivesValue(String prefix, Mapping mapping, AbstractConfig config) {
    List<String> key = TableSettings.keyFields(config.getString(prefix + TableSettings.KEY));
    return WithoutValue.neverFilled(mapping, key).isEmpty();
  }

  private static MongoOptions mongo(String prefix, AbstractConfig config) {
    return new MongoOptions(
        TableSettings.keyFields(config.getString(prefix + TableSettings.KEY)),
        config.getString(prefix + TableSettings.VERSION_FIELD),
        Validators.constant(
            MappedTarget.Decimals.class, config.getString(prefix + TableSettings.DECIMALS)));
  }

  private static CassandraOptions cassandra(String prefix, AbstractConfig config) {
    String level = config.getString(prefix + TableSettings.CONSISTENCY_LEVEL);
    int count = config.getInt(prefix + TableSettings.TTL);
    TimeUnit ttlUnit =
        Validators.constant(TimeUnit.class, config.getString(prefix + TableSettings.TTL_TIME_UNIT));
    return new CassandraOptions(
        level == null ? null : level.toUpperCase(Locale.ROOT),
        count < 0 ? CassandraOptions.TTL_OF_TABLE : (int) TtlLimits.seconds(count, ttlUnit),
        ttlUnit,
        Validators.constant(
            TimeUnit.class, config.getString(prefix + TableSettings.TIMESTAMP_TIME_UNIT)),
        config.getString(prefix + TableSettings.TIMESTAMP_COLUMN),
        config.getString(prefix + TableSettings.QUERY),
        config.getBoolean(prefix + TableSettings.COUNTERS),
        creation(prefix, config));
  }

  private static @Nullable TableToCreate creation(String prefix, AbstractConfig config) {
    String columns = config.getString(prefix + TableSettings.COLUMNS);
    String primaryKey = config.getString(prefix + TableSettings.PRIMARY_KEY);
    return columns == null || primaryKey == null
        ? null
        : new TableToCreate(
            columns, primaryKey, config.getString(prefix + TableSettings.TABLE_OPTIONS));
  }

  /** The target of this topic, or null if the table is not for this topic. */
  @Nullable MappedTarget target(String topic) {
    if (pattern == null) {
      return topic.equals(key.topic()) ? target(key.database(), key.table()) : null;
    }
    Matcher matcher = pattern.matcher(topic);
    if (!matcher.matches()) {
      return null;
    }
    String database = new TopicTemplate(key.database()).fill(topic, matcher);
    String table = new TopicTemplate(key.table()).fill(topic, matcher);
    return database.isEmpty() || table.isEmpty() ? null : target(database, table);
  }

  private MappedTarget target(String database, String table) {
    return new MappedTarget(key.prefix(), database, table, mapping, options);
  }
}
