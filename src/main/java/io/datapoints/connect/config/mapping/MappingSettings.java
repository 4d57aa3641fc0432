package io.datapoints.connect.config.mapping;

import io.datapoints.connect.config.setting.Layout;
import io.datapoints.connect.config.setting.Review;
import io.datapoints.connect.config.setting.Validators;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Assignment.Operation;
import io.datapoints.connect.mapping.Expression;
import io.datapoints.connect.mapping.Expression.Root;
import io.datapoints.connect.mapping.Function;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.WithoutValue;
import io.datapoints.connect.mapping.parser.MappingParser;
import io.datapoints.connect.mapping.parser.NearestName;
import io.datapoints.connect.model.TtlLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;
import org.jspecify.annotations.Nullable;

/** Checks and reads the settings of all tables, whose keys begin with {@code topic.}. */
public final class MappingSettings {

  private static final int MAX_TABLES = 1_000;

  /** Connect's own setting, of a connector or of all connectors of a worker. */
  private static final String HEADER_CONVERTER = "header.converter";

  /** Settings of the DataStax connector that say how the texts of a topic are read. */
  private static final Pattern CODEC =
      Pattern.compile("topic\\..+\\.codec\\.(locale|timeZone|timestamp|date|time|unit)");

  private final Map<String, String> properties;
  private final MappedStore store;
  private final SubscribedTopics subscribed;

  public MappingSettings(Map<String, String> properties, MappedStore store) {
    this.properties = properties;
    this.store = store;
    this.subscribed = SubscribedTopics.of(properties);
  }

  /** Reads the tables; the settings must be valid. */
  public MappingConfig read(Times times) {
    List<MappedTable> tables = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    Map<String, List<TableKey>> byTable = keysByTable(MappingSettings::refuse);
    for (List<TableKey> keys : byTable.values()) {
      MappedTable table = MappedTable.from(keys.get(0), properties, store, times);
      tables.add(table);
      warn(table, warnings);
      warnOfDeletions(table, warnings);
    }
    if (!tables.isEmpty()) {
      subscribed.warning(tables.stream().map(MappedTable::key).toList()).ifPresent(warnings::add);
      headerWarning(tables).ifPresent(warnings::add);
    }
    return new MappedTopics(tables, warnings);
  }

  private static void refuse(String key, String problem) {
    throw new ConfigException(problem);
  }

  private static void warn(MappedTable table, List<String> warnings) {
    Set<String> functions = new TreeSet<>();
    table.mapping().assignments().forEach(each -> collectChanging(each.source(), functions));
    if (!functions.isEmpty()) {
      warnings.add(
          table.key().prefix()
              + TableSettings.MAPPING
              + " uses "
              + String.join(" and ", functions)
              + ": a record that is delivered again is written with another value, and as another"
              + " row if that is part of the key");
    }
  }

  /** Two headers that differ, 007 and 7, may be the same value for Connect's default converter. */
  private Optional<String> headerWarning(List<MappedTable> tables) {
    return properties.containsKey(HEADER_CONVERTER)
        ? Optional.empty()
        : tables.stream()
            .filter(table -> table.mapping().reads(Root.HEADER))
            .findFirst()
            .map(
                table ->
                    table.key().prefix()
                        + TableSettings.MAPPING
                        + " reads headers, and "
                        + HEADER_CONVERTER
                        + " is not set: unless the worker has another, it is Connect's"
                        + " SimpleHeaderConverter, which takes the text 007 for the number 7. Set"
                        + " it to org.apache.kafka.connect.storage.StringConverter to keep texts as"
                        + " they are");
  }

  /** Who switches deletions on by hand is refused; the default cannot mean what is impossible. */
  private void warnOfDeletions(MappedTable table, List<String> warnings) {
    String deletes = table.key().prefix() + TableSettings.DELETES_ENABLED;
    if (store == MappedStore.MONGODB && !properties.containsKey(deletes)) {
      List<String> lacking =
          WithoutValue.neverFilled(table.mapping(), table.options().mongo().key());
      if (!lacking.isEmpty()) {
        warnings.add(deletes + " is off: " + noDeletions(lacking));
      }
    }
  }

  private static String noDeletions(List<String> lacking) {
    return "the key takes "
        + String.join(", ", lacking)
        + " from the value, so that a record without a value names no document to delete;"
        + " behavior.on.null.values says what becomes of it";
  }

  private static void collectChanging(Expression expression, Set<String> functions) {
    if (expression instanceof Expression.Call call) {
      if (!call.function().deterministic(call.arguments().size())) {
        functions.add(call.function().word() + "()");
      }
      call.arguments().forEach(argument -> collectChanging(argument, functions));
    }
  }

  /**
   * The well-formed keys, by the prefix of their table.
   *
   * @param malformed receives each malformed key and its error
   */
  private Map<String, List<TableKey>> keysByTable(BiConsumer<String, String> malformed) {
    Map<String, List<TableKey>> tables = new TreeMap<>();
    for (String name : ours()) {
      try {
        checkCodec(name);
        TableKey key = TableKey.parse(name);
        tables.computeIfAbsent(key.prefix(), prefix -> new ArrayList<>()).add(key);
      } catch (IllegalArgumentException e) {
        malformed.accept(name, name + " " + e.getMessage());
      }
    }
    return tables;
  }

  private static void checkCodec(String name) {
    Matcher codec = CODEC.matcher(name);
    if (codec.matches()) {
      throw new IllegalArgumentException(
          "is a setting of the DataStax connector; "
              + switch (codec.group(1)) {
                case "unit" -> "here it is timestamp.unit, or timeUnit of the table";
                case "timeZone" -> "here it is timestamp.zone, of all topics";
                case "locale" ->
                    "there is none here, take it out: a number in a text has a point and no"
                        + " grouping";
                default -> "there is none here, take it out: a time in a text is ISO 8601";
              });
    }
  }

  private Set<String> ours() {
    return properties.keySet().stream()
        .filter(TableKey::covers)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Adds all errors in the settings of tables. */
  public void review(Review review) {
    Map<String, List<TableKey>> tables = keysByTable(review::error);
    if (tables.size() > MAX_TABLES) {
      review.error(Layout.SETTING, "mappings to more than " + MAX_TABLES + " tables are refused");
      return;
    }
    Map<List<String>, String> prefixes = new HashMap<>();
    tables.forEach(
        (prefix, keys) -> {
          reviewTable(keys, review);
          TableKey key = keys.get(0);
          String earlier =
              prefixes.putIfAbsent(List.of(key.topic(), key.database(), key.table()), prefix);
          if (earlier != null) {
            error(key, TableSettings.MAPPING, "is the same table as " + earlier, review);
          }
        });
    reviewLayout(tables, review);
  }

  private void reviewTable(List<TableKey> keys, Review review) {
    TableKey table = keys.get(0);
    ConfigDef definition = TableSettings.definition(store, table.prefix());
    keys.forEach(key -> reviewName(key, definition, review));
    Review own = new Review(definition.validate(ofTable(table)));
    for (ConfigValue value : own.values()) {
      value.errorMessages().forEach(message -> review.error(value.name(), message));
    }
    reviewPlaces(table, review);
    if (store == MappedStore.CASSANDRA) {
      reviewCreation(table, review);
      reviewTtl(table, own, review);
    }
    if (own.sound(table.prefix() + TableSettings.MAPPING)) {
      reviewMapping(table, own, review);
    }
  }

  /** The properties of one table, so that its validation does not read those of all tables. */
  private Map<String, String> ofTable(TableKey table) {
    return properties.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(table.prefix()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private void reviewName(TableKey key, ConfigDef definition, Review review) {
    String name = key.prefix() + key.setting();
    if (definition.names().contains(name)) {
      return;
    }
    for (MappedStore other : MappedStore.values()) {
      if (TableSettings.definition(other, key.prefix()).names().contains(name)) {
        review.error(name, name + " is a setting of the other connector only");
        return;
      }
    }
    Set<String> known =
        definition.names().stream()
            .map(each -> each.substring(key.prefix().length()))
            .collect(Collectors.toSet());
    String nearest =
        NearestName.to(key.setting(), known)
            .map(each -> "; did you mean ." + each + "?")
            .orElse("");
    review.error(name, name + " is not a setting of a table" + nearest);
  }

  private static void reviewPlaces(TableKey table, Review review) {
    Pattern pattern = table.pattern();
    for (String name : List.of(table.database(), table.table())) {
      TopicTemplate template = new TopicTemplate(name);
      if (template.hasPlaces()) {
        @Nullable String problem =
            pattern == null
                ? "has a ${}, which needs a regular expression between slashes for the topic"
                : template.problem(pattern.matcher("").groupCount());
        if (problem != null) {
          error(table, TableSettings.MAPPING, problem, review);
        }
      }
    }
  }

  private static void reviewTtl(TableKey table, Review own, Review review) {
    String ttl = table.prefix() + TableSettings.TTL;
    String unit = table.prefix() + TableSettings.TTL_TIME_UNIT;
    if (own.sound(ttl, unit)
        && TtlLimits.seconds(own.number(ttl), Validators.constant(TimeUnit.class, own.text(unit)))
            > TtlLimits.MAX_SECONDS) {
      error(
          table,
          TableSettings.TTL,
          "must be at most " + TtlLimits.MAX_SECONDS + " seconds; it is in ttlTimeUnit",
          review);
    }
  }

  private void reviewCreation(TableKey table, Review review) {
    boolean columns = given(table, TableSettings.COLUMNS);
    if (columns && !given(table, TableSettings.PRIMARY_KEY)) {
      error(table, TableSettings.PRIMARY_KEY, "is missing: columns is set", review);
    }
    for (String setting : List.of(TableSettings.PRIMARY_KEY, TableSettings.TABLE_OPTIONS)) {
      if (!columns && given(table, setting)) {
        error(table, setting, "needs columns as well: they create the table together", review);
      }
    }
    if (columns && given(table, TableSettings.QUERY)) {
      error(
          table,
          TableSettings.COLUMNS,
          "cannot be with query: a table with a statement of its own is not created",
          review);
    }
  }

  private boolean given(TableKey table, String setting) {
    return properties.containsKey(table.prefix() + setting);
  }

  private void reviewMapping(TableKey table, Review own, Review review) {
    Mapping mapping = MappingParser.parse(own.text(table.prefix() + TableSettings.MAPPING));
    String key = table.prefix() + TableSettings.KEY;
    if (store == MappedStore.CASSANDRA) {
      reviewTimestampColumn(table, mapping, own, review);
      reviewFunctions(table, mapping, review);
    } else {
      reviewDocument(table, mapping, review);
      if (own.sound(key)) {
        List<String> fields = TableSettings.keyFields(own.text(key));
        reviewKey(table, mapping, fields, review);
        reviewDeletions(table, mapping, fields, own, review);
      }
    }
  }

  private static void reviewTimestampColumn(
      TableKey table, Mapping mapping, Review own, Review review) {
    String key = table.prefix() + TableSettings.TIMESTAMP_COLUMN;
    if (own.sound(key)
        && mapping.assignments().stream()
            .noneMatch(each -> each.path().equals(List.of(own.text(key))))) {
      error(table, TableSettings.TIMESTAMP_COLUMN, "is a column that is not mapped", review);
    }
  }

  private static void reviewFunctions(TableKey table, Mapping mapping, Review review) {
    if (mapping.assignments().stream().anyMatch(each -> calls(each.source(), Function.OBJECTID))) {
      error(
          table,
          TableSettings.MAPPING,
          "has objectid(), which only MongoDB has a type for: a text column takes the digits as"
              + " they are",
          review);
    }
  }

  private static boolean calls(Expression expression, Function function) {
    return expression instanceof Expression.Call call
        && (call.function() == function
            || call.arguments().stream().anyMatch(argument -> calls(argument, function)));
  }

  private static void reviewDocument(TableKey table, Mapping mapping, Review review) {
    if (mapping.assignments().stream().anyMatch(Assignment::pseudo)) {
      error(
          table,
          TableSettings.MAPPING,
          "has " + Assignment.TTL + " or " + Assignment.TIMESTAMP + ", which only Cassandra knows",
          review);
    }
  }

  private static void reviewKey(
      TableKey table, Mapping mapping, List<String> fields, Review review) {
    for (String field : fields) {
      List<Assignment> writing =
          mapping.assignments().stream()
              .filter(each -> String.join(".", each.path()).equals(field))
              .toList();
      if (writing.isEmpty() && mapping.rest() == null) {
        error(table, TableSettings.KEY, "has a field that is not mapped: " + field, review);
      } else if (writing.stream().anyMatch(each -> each.operation() == Operation.ADD)) {
        error(table, TableSettings.KEY, "has a field that += adds to: " + field, review);
      }
    }
  }

  private void reviewDeletions(
      TableKey table, Mapping mapping, List<String> fields, Review own, Review review) {
    List<String> lacking = WithoutValue.neverFilled(mapping, fields);
    if (given(table, TableSettings.DELETES_ENABLED)
        && own.on(table.prefix() + TableSettings.DELETES_ENABLED)
        && !lacking.isEmpty()) {
      error(
          table,
          TableSettings.DELETES_ENABLED,
          "cannot be true: "
              + noDeletions(lacking)
              + " once this is false. Map the key from the record's key or a header to delete",
          review);
    }
  }

  private void reviewLayout(Map<String, List<TableKey>> tables, Review review) {
    boolean wanted =
        review.sound(Layout.SETTING)
            && review.text(Layout.SETTING).equalsIgnoreCase(Layout.TABLE.name());
    if (!wanted) {
      if (review.sound(Layout.SETTING)) {
        tables
            .values()
            .forEach(
                keys ->
                    error(keys.get(0), TableSettings.MAPPING, "needs layout to be table", review));
      }
    } else if (ours().isEmpty()) {
      review.error(
          Layout.SETTING,
          "layout is table, but there is no " + TableSettings.ANY + TableSettings.MAPPING);
    } else {
      subscribed
          .problem(tables.values().stream().map(keys -> keys.get(0)).toList())
          .ifPresent(problem -> review.error(SinkConnector.TOPICS_CONFIG, problem));
    }
  }

  private static void error(TableKey table, String setting, String problem, Review review) {
    String name = table.prefix() + setting;
    review.error(name, name + " " + problem);
  }
}
