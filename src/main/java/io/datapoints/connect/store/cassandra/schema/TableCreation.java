package io.datapoints.connect.store.cassandra.schema;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.config.mapping.MappedTarget.TableToCreate;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.cassandra.failure.FailureTable;
import io.datapoints.connect.store.cassandra.failure.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Creates the table of a target, and its keyspace, as the settings describe them. */
public final class TableCreation {

  /** A schema change takes longer than a write, above all in a large cluster. */
  private static final Duration DDL_TIMEOUT = Duration.ofSeconds(30);

  private static final Pattern ORDER = Pattern.compile("(?i)\\s+(ASC|DESC)$");

  private final CqlSession session;
  private final CassandraConfig config;
  private final MappedTarget target;
  private final String keyspace;

  public TableCreation(CqlSession session, CassandraConfig config, MappedTarget target) {
    this.session = session;
    this.config = config;
    this.target = target;
    this.keyspace = CqlIdentifier.fromInternal(target.database()).asCql(true);
  }

  /** Creates what is missing of the two. */
  public CompletionStage<Void> create(TableToCreate table) {
    return hasKeyspace()
        .thenCompose(
            found ->
                found
                    ? CompletableFuture.completedFuture(null)
                    : execute(KeyspaceSchema.createKeyspace(keyspace, config)))
        .thenCompose(
            v ->
                execute(
                    cql(keyspace, CqlIdentifier.fromInternal(target.table()).asCql(true), table)));
  }

  /** Creating one that is there takes a permission that the user may not have. */
  public CompletionStage<Boolean> hasKeyspace() {
    return session
        .executeAsync(
            SimpleStatement.newInstance(
                "SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?",
                target.database()))
        .thenApply(rows -> rows.one() != null);
  }

  /** Sent to one node alone, as {@link KeyspaceSchema} does and says why. */
  private CompletionStage<Void> execute(String ddl) {
    return session
        .executeAsync(SimpleStatement.newInstance(ddl).setTimeout(DDL_TIMEOUT).setIdempotent(false))
        .handle(
            (result, error) -> {
              if (error != null) {
                throw failed(FailureTable.unwrap(error));
              }
              return null;
            });
  }

  /** What the server says to a name, say, it goes on saying. */
  private RuntimeException failed(Throwable error) {
    boolean refused =
        error instanceof QueryValidationException
            && FailureTable.verdict(error) != Verdict.UNAVAILABLE;
    return refused
        ? StoreException.fatal(
            "%smapping: table %s.%s cannot be created: %s: %s"
                .formatted(
                    target.prefix(),
                    target.database(),
                    target.table(),
                    error.getClass().getSimpleName(),
                    error.getMessage()),
            error)
        : new CompletionException(error);
  }

  /**
   * CQL that creates the table when it is missing.
   *
   * @param keyspace as CQL spells it
   * @param name as CQL spells it
   */
  public static String cql(String keyspace, String name, TableToCreate table) {
    List<String> key = parts(table.primaryKey());
    List<String> clustering = key.subList(1, key.size());
    String names =
        key.stream()
            .map(part -> ORDER.matcher(part).replaceFirst(""))
            .collect(Collectors.joining(", "));
    List<String> options = new ArrayList<>();
    if (clustering.stream().anyMatch(part -> ORDER.matcher(part).find())) {
      options.add(
          clustering.stream()
              .map(part -> ORDER.matcher(part).find() ? part : part + " ASC")
              .collect(Collectors.joining(", ", "CLUSTERING ORDER BY (", ")")));
    }
    if (!table.options().isBlank()) {
      options.add(table.options().strip());
    }
    return "CREATE TABLE IF NOT EXISTS %s.%s (%s, PRIMARY KEY (%s))%s"
        .formatted(
            keyspace,
            name,
            table.columns(),
            names,
            options.isEmpty() ? "" : " WITH " + String.join(" AND ", options));
  }

  /** What lies between the commas that are in no brackets and no quotes. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      if (!quoted) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      }
      if (c == ',' && depth == 0 && !quoted) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }
}
