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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * The table of a mapping in the cluster, and the checks on it. Tasks open the table; validation
 * only reads it.
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

  /** Whether the settings describe the table and allow its creation. */
  boolean isCreatable() {
    return isDescribed() && config.schema().create();
  }

  private boolean isDescribed() {
    return target.options().cassandra().create() != null;
  }

  /**
   * The table as one node reports it if it fits the mapping; otherwise as all nodes agree on it.
   */
  CompletionStage<Optional<LiveTable>> found() {
    return read()
        .thenCompose(
            live ->
                live.isPresent() && complaints(live.get()).isEmpty()
                    ? CompletableFuture.completedFuture(live)
                    : agreed());
  }

  /**
   * The table as all nodes report it; fails with an {@link
   * io.datapoints.connect.store.StoreException} when they do not agree.
   */
  CompletionStage<Optional<LiveTable>> agreed() {
    return reader.agreement().thenCompose(v -> read());
  }

  private CompletionStage<Optional<LiveTable>> read() {
    return reader.table(target.database(), target.table());
  }

  /** Creates the table, and its keyspace if that is missing. */
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

  /**
   * Makes a rejection by the server, of a name for example, fatal: each attempt would fail alike.
   */
  private Throwable rejected(Throwable wrapped) {
    Throwable error = Failures.unwrap(wrapped);
    return error instanceof QueryValidationException && !Failures.isRetriable(error)
        ? StoreException.fatal(
            "%s: %s cannot be created: %s: %s"
                .formatted(mapping(), name(), error.getClass().getSimpleName(), error.getMessage()),
            error)
        : error;
  }

  /** Everything that the mapping requires and the table does not support, each with its setting. */
  List<String> complaints(LiveTable live) {
    // A user's statement is not checked against the table.
    return isWrittenByQuery() ? List.of() : new MappingCheck(target, live).complaints();
  }

  private boolean isWrittenByQuery() {
    return target.options().cassandra().query() != null;
  }

  /**
   * All errors of the settings, including missing permissions. Creates nothing.
   *
   * @param dryRun whether no task will create the table either, so that no permission to create is
   *     needed
   */
  CompletionStage<List<SettingError>> look(Grants grants, boolean dryRun) {
    return found()
        .thenCompose(
            live -> live.isPresent() ? present(live.get(), grants) : absent(grants, dryRun));
  }

  private CompletionStage<List<SettingError>> present(LiveTable live, Grants grants) {
    if (isWrittenByQuery()) {
      return ofQuery(live);
    }
    return CompletableFuture.completedFuture(
        Stream.concat(
                complaints(live).stream().map(text -> SettingError.of(mapping(), text)),
                grants.to("MODIFY", target.database(), List.of(target.table())).stream())
            .toList());
  }

  /** What the server has against the user's statement, or the mapping lacks for it. */
  private CompletionStage<List<SettingError>> ofQuery(LiveTable live) {
    return new TableStatements(session, target)
        .prepare(live)
        .handle(
            (form, wrapped) -> {
              if (wrapped == null) {
                return List.of();
              }
              Throwable error = Failures.unwrap(wrapped);
              if (error instanceof StoreException known && known.isFatal()) {
                String text = String.valueOf(known.getMessage());
                String setting = text.startsWith(mapping()) ? mapping() : target.prefix() + "query";
                return List.of(SettingError.of(setting, text));
              }
              throw new CompletionException(error);
            });
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
