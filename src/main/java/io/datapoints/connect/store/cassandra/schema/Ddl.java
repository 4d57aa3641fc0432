package io.datapoints.connect.store.cassandra.schema;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.config.mapping.MappedTarget.TableToCreate;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The CQL that creates keyspaces and tables where they are missing, and its execution. */
public final class Ddl {

  /** A schema change takes longer than a write, above all in a large cluster. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final Pattern ORDER = Pattern.compile("(?i)\\s+(ASC|DESC)$");

  private Ddl() {}

  /** One after the other, since concurrent changes lead to schema disagreements. */
  public static CompletionStage<Void> execute(CqlSession session, List<String> statements) {
    CompletionStage<Void> done = CompletableFuture.completedFuture(null);
    for (String statement : statements) {
      done = done.thenCompose(v -> execute(session, statement));
    }
    return done;
  }

  /**
   * Sent to one node alone: another one that has not heard of the table yet would create it under
   * an id of its own, and what was written to the other of the two would be gone.
   */
  private static CompletionStage<Void> execute(CqlSession session, String statement) {
    return session
        .executeAsync(
            SimpleStatement.newInstance(statement).setTimeout(TIMEOUT).setIdempotent(false))
        .thenApply(result -> null);
  }

  /** Creates a keyspace, with the replication that the settings ask for. */
  public static String keyspace(String keyspace, CassandraConfig config) {
    String replication =
        config.schema().replication().entrySet().stream()
            .map(e -> literal(e.getKey()) + ": " + literal(e.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
    return "CREATE KEYSPACE IF NOT EXISTS "
        + quoted(keyspace)
        + " WITH replication = "
        + replication;
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * Creates a table that a layout has.
   *
   * @param keyspace as CQL spells it
   * @param further options beside the table's own, as CQL writes them after WITH; may be empty
   */
  public static String table(String keyspace, TableDefinition table, String further) {
    String columns =
        table.columns().stream()
            .map(c -> c.name() + " " + c.type() + (c.kind() == Kind.STATIC ? " static" : ""))
            .collect(Collectors.joining(", "));
    String key =
        Stream.concat(
                Stream.of("(" + String.join(", ", table.names(Kind.PARTITION_KEY)) + ")"),
                table.names(Kind.CLUSTERING).stream())
            .collect(Collectors.joining(", "));
    List<String> options = new ArrayList<>(table.options());
    options.add(further);
    return table(keyspace + "." + table.name(), columns, key, options);
  }

  /** Creates a table that settings describe. */
  public static String table(String keyspace, String name, TableToCreate table) {
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
    options.add(table.options());
    return table(quoted(keyspace) + "." + quoted(name), table.columns(), names, options);
  }

  private static String table(String name, String columns, String key, List<String> options) {
    String with =
        options.stream()
            .filter(option -> !option.isBlank())
            .map(String::strip)
            .collect(Collectors.joining(" AND "));
    return "CREATE TABLE IF NOT EXISTS %s (%s, PRIMARY KEY (%s))%s"
        .formatted(name, columns, key, with.isEmpty() ? "" : " WITH " + with);
  }

  /** A name of the database as CQL spells it. */
  public static String quoted(String name) {
    return CqlIdentifier.fromInternal(name).asCql(true);
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
