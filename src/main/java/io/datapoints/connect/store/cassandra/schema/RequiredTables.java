package io.datapoints.connect.store.cassandra.schema;

import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.ValidationResult.SettingError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tables that a layout needs in the keyspace of the settings, and the rules for them: for tasks
 * that open the keyspace, and for validation, which only reads it.
 *
 * @param all what is created
 * @param used what is read or written, and so must have the right columns when it is there
 * @param required what cannot be done without
 * @param tunable the table that the configured table options are for
 * @param settings by column, which setting decides whether there is one
 */
public record RequiredTables(
    CassandraConfig config,
    List<TableDefinition> all,
    List<TableDefinition> used,
    List<TableDefinition> required,
    TableDefinition tunable,
    Map<String, String> settings) {

  /** A layout of one table. */
  public static RequiredTables only(
      CassandraConfig config, TableDefinition table, Map<String, String> settings) {
    return new RequiredTables(
        config, List.of(table), List.of(table), List.of(table), table, settings);
  }

  /** CQL that creates the keyspace and all tables, in an order that works. */
  public List<String> ddl() {
    return ddl(new KeyspaceState(config.keyspace(), false, Map.of()));
  }

  /** CQL that creates what is missing. */
  List<String> ddl(KeyspaceState state) {
    List<String> statements = new ArrayList<>();
    if (!state.exists()) {
      statements.add(Ddl.keyspace(config.keyspace(), config));
    }
    state.missing(all).forEach(table -> statements.add(ddl(table)));
    return statements;
  }

  private String ddl(TableDefinition table) {
    return Ddl.table(
        Ddl.quoted(config.keyspace()),
        table,
        table.equals(tunable) ? config.schema().tableOptions() : "");
  }

  /**
   * Something that only an operator can put right.
   *
   * @param setting the key of the setting that it concerns
   * @param correction how to correct it, for a user who is editing the settings
   */
  record Fault(String setting, String problem, String correction) {

    StoreException exception() {
      return StoreException.misconfigured(setting, problem);
    }

    SettingError error() {
      return SettingError.of(setting, problem + ": " + correction);
    }
  }

  /** What is wrong with a keyspace. What may be created is not. */
  List<Fault> faults(KeyspaceState state) {
    List<Fault> faults = new ArrayList<>();
    for (KeyspaceState.Mismatch each : state.mismatches(used)) {
      faults.add(ofTable(each));
    }
    if (!config.schema().create()) {
      missing(state, required)
          .map(
              what ->
                  new Fault(
                      CassandraConfig.KEYSPACE,
                      what + " is missing and may not be created",
                      "create it by hand, or set " + CassandraConfig.SCHEMA_CREATE + " to true"))
          .ifPresent(faults::add);
    }
    return faults;
  }

  private Fault ofTable(KeyspaceState.Mismatch mismatch) {
    return mismatch.columns().stream()
        .flatMap(column -> Optional.ofNullable(settings.get(column)).stream())
        .findFirst()
        .map(setting -> new Fault(setting, mismatch.problem(), "set it as the table was made"))
        .orElseGet(
            () ->
                new Fault(
                    CassandraConfig.KEYSPACE,
                    mismatch.problem(),
                    "this table is not of this layout, so choose another keyspace"));
  }

  /** The same for validation, with what the tasks need permissions for. */
  public List<SettingError> errors(KeyspaceState state, Grants grants) {
    List<SettingError> errors = new ArrayList<>();
    faults(state).forEach(each -> errors.add(each.error()));
    if (config.schema().create()) {
      Optional<SettingError> forbidden =
          state.exists()
              ? grants.toCreate(state.keyspace(), names(state.missing(all)))
              : grants.toCreate(state.keyspace());
      forbidden.ifPresent(errors::add);
    }
    List<String> written = names(required.stream().filter(state::has).toList());
    grants.to("MODIFY", state.keyspace(), written).ifPresent(errors::add);
    return errors;
  }

  /** The names of what is missing of these, or of the keyspace. */
  Optional<String> missing(KeyspaceState state, List<TableDefinition> wanted) {
    if (!state.exists()) {
      return Optional.of("keyspace " + config.keyspace());
    }
    List<String> missing = names(state.missing(wanted));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            missing.stream()
                .map(table -> "table " + config.keyspace() + "." + table)
                .collect(Collectors.joining(", ")));
  }

  private static List<String> names(List<TableDefinition> tables) {
    return tables.stream().map(TableDefinition::name).toList();
  }
}
