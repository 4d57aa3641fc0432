package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.config.mapping.MappedTarget.TableToCreate;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.ValidationResult.SettingError;
import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.store.cassandra.schema.Ddl;
import io.datapoints.connect.store.cassandra.schema.Grants;
import io.datapoints.connect.store.cassandra.schema.LiveTable;
import io.datapoints.connect.store.cassandra.schema.SchemaReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * The table of a mapping as the cluster has it, and the rules for it: for tasks that open it and
 * for validation, which only looks at it.
 */
final class TargetTable {

  private final CqlSession session;
  private final CassandraConfig config;
  private final MappedTarget target;
  private final SchemaReader reader;

  TargetTable(CqlSession session, CassandraConfig config, MappedTarget target) {
    this.session = session;
    this.config = config;
    this.target = target;
    this.reader = new SchemaReader(session);
  }

  /** For messages. */
  String name() {
    return "table " + target.database() + "." + target.table();
  }

  /** Whether the settings describe it, and let it be created. */
  boolean isCreatable() {
    return isDescribed() && config.schema().create();
  }

  private boolean isDescribed() {
    return target.options().cassandra().create() != null;
  }

  /** The table as any node has it if that is as wanted; else as all nodes agree on it. */
  CompletionStage<Optional<LiveTable>> found() {
    return read()
        .thenCompose(
            live ->
                live.isPresent() && complaints(live.get()).isEmpty()
                    ? CompletableFuture.completedFuture(live)
                    : agreed());
  }

  /**
   * The table as all nodes have it; fails with an {@link
   * io.datapoints.connect.store.StoreException} when they do not agree.
   */
  CompletionStage<Optional<LiveTable>> agreed() {
    return reader.agreement().thenCompose(v -> read());
  }

  private CompletionStage<Optional<LiveTable>> read() {
    return reader.table(target.database(), target.table());
  }

  /** Creates the table, and its keyspace where that is missing. */
  CompletionStage<Optional<LiveTable>> create(TableToCreate table) {
    String ofTable = Ddl.table(target.database(), target.table(), table);
    return reader
        .hasKeyspace(target.database())
        .thenApply(
            // Creating a keyspace that exists takes a permission that the user may not have.
            found ->
                found
                    ? List.of(ofTable)
                    : List.of(Ddl.keyspace(target.database(), config), ofTable))
        .thenCompose(
            statements ->
                Ddl.execute(session, statements)
                    .exceptionallyCompose(error -> CompletableFuture.failedFuture(rejected(error))))
        .thenCompose(v -> agreed());
  }

  /** What the server rejects now, a name for example, it rejects with every attempt. */
  private Throwable rejected(Throwable wrapped) {
    Throwable error = Failures.unwrap(wrapped);
    return error instanceof QueryValidationException && !Failures.isRetriable(error)
        ? StoreException.fatal(
            "%s: %s cannot be created: %s: %s"
                .formatted(mapping(), name(), error.getClass().getSimpleName(), error.getMessage()),
            error)
        : error;
  }

  /** What the mapping asks of the table that it cannot do, each with the name of the setting. */
  List<String> complaints(LiveTable live) {
    // What a statement of the user's own does with the table is between the two.
    return isWrittenByQuery() ? List.of() : new MappingCheck(target, live).complaints();
  }

  private boolean isWrittenByQuery() {
    return target.options().cassandra().query() != null;
  }

  /**
   * Everything that speaks against the settings, permissions included. Creates nothing.
   *
   * @param dryRun whether no task will create it either, so that none need be let
   */
  CompletionStage<List<SettingError>> look(Grants grants, boolean dryRun) {
    return found()
        .thenCompose(
            live ->
                live.isPresent()
                    ? CompletableFuture.completedFuture(present(live.get(), grants))
                    : absent(grants, dryRun));
  }

  private List<SettingError> present(LiveTable live, Grants grants) {
    Optional<SettingError> unwritable =
        isWrittenByQuery()
            ? Optional.empty()
            : grants.to("MODIFY", target.database(), List.of(target.table()));
    return Stream.concat(
            complaints(live).stream().map(text -> SettingError.of(mapping(), text)),
            unwritable.stream())
        .toList();
  }

  private CompletionStage<List<SettingError>> absent(Grants grants, boolean dryRun) {
    if (dryRun ? !isDescribed() : !isCreatable()) {
      String text =
          ("%s is missing and may not be created: create it by hand, or give its columns and"
                  + " primaryKey, with %s set to true")
              .formatted(name(), CassandraConfig.SCHEMA_CREATE);
      return CompletableFuture.completedFuture(List.of(SettingError.of(mapping(), text)));
    }
    return reader
        .hasKeyspace(target.database())
        .thenApply(
            found ->
                found
                    ? grants.toCreate(target.database(), List.of(target.table()))
                    : grants.toCreate(target.database()))
        .thenApply(forbidden -> forbidden.stream().toList());
  }

  private String mapping() {
    return target.prefix() + "mapping";
  }
}
