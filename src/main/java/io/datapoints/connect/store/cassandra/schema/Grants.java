package io.datapoints.connect.store.cassandra.schema;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.store.ValidationResult.SettingError;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a user may do with tables. Every role may list its own permissions, and with them those of
 * the roles that were granted to it. A superuser needs none; where the cluster checks no
 * permissions, or does not tell, nothing is known and nothing is found lacking.
 *
 * <p>The server grants everything on a keyspace or a table to the role that creates it.
 */
public final class Grants {

  private static final Grants UNKNOWN = new Grants(null);

  private final @Nullable Set<String> listed;

  private Grants(@Nullable Set<String> listed) {
    this.listed = listed;
  }

  /** Nothing is known of what the user may do. */
  public static Grants unknown() {
    return UNKNOWN;
  }

  /** These, each as permission, space and resource in the words of the server. */
  public static Grants listed(Set<String> listed) {
    return new Grants(Set.copyOf(listed));
  }

  /** Asks the server; completes normally. */
  public static CompletionStage<Grants> of(CqlSession session, @Nullable String user) {
    if (user == null) {
      return CompletableFuture.completedFuture(UNKNOWN);
    }
    String role = "\"" + user.replace("\"", "\"\"") + "\"";
    return session
        .executeAsync("LIST ROLES OF " + role)
        .thenCombine(session.executeAsync("LIST ALL PERMISSIONS OF " + role), Grants::of)
        // No user is logged in, or the cluster checks no permissions or has other words for them.
        .exceptionally(error -> UNKNOWN);
  }

  private static Grants of(AsyncResultSet roles, AsyncResultSet permissions) {
    return rows(roles).anyMatch(each -> each.getBoolean("super"))
        ? UNKNOWN
        : listed(
            rows(permissions)
                .map(each -> each.getString("permission") + " " + each.getString("resource"))
                .collect(Collectors.toSet()));
  }

  private static Stream<Row> rows(AsyncResultSet page) {
    return StreamSupport.stream(page.currentPage().spliterator(), false);
  }

  /** An error unless the user may create this keyspace, which is missing. */
  public Optional<SettingError> toCreate(String keyspace) {
    return holds("CREATE", "<all keyspaces>")
        ? Optional.empty()
        : Optional.of(lacksCreate("keyspace " + keyspace + " is", "it", "ALL KEYSPACES"));
  }

  /** An error unless the user may create these tables, which are missing. */
  public Optional<SettingError> toCreate(String keyspace, List<String> tables) {
    return tables.isEmpty() || holds("CREATE", onAllTables(keyspace))
        ? Optional.empty()
        : Optional.of(
            lacksCreate(
                "of keyspace " + keyspace + " the tables " + String.join(", ", tables) + " are",
                "them",
                keyspaceInCql(keyspace)));
  }

  private static SettingError lacksCreate(String what, String pronoun, String resource) {
    return SettingError.of(
        CassandraConfig.SCHEMA_CREATE,
        "%s missing, and the user may not create %s: create %s by hand, or GRANT CREATE ON %s"
            .formatted(what, pronoun, pronoun, resource));
  }

  /**
   * An error unless the user has the permission on all of these tables.
   *
   * @param permission {@code MODIFY} or {@code SELECT}
   */
  public Optional<SettingError> to(String permission, String keyspace, List<String> tables) {
    List<String> lacking =
        tables.stream()
            .filter(table -> !holds(permission, "<table " + keyspace + "." + table + ">"))
            .toList();
    return lacking.isEmpty() || holds(permission, onAllTables(keyspace))
        ? Optional.empty()
        : Optional.of(
            SettingError.of(
                CassandraConfig.USERNAME,
                "the user may not %s %s: GRANT %s ON %s"
                    .formatted(
                        permission,
                        lacking.stream()
                            .map(table -> keyspace + "." + table)
                            .collect(Collectors.joining(", ")),
                        permission,
                        keyspaceInCql(keyspace))));
  }

  private static String keyspaceInCql(String keyspace) {
    return "KEYSPACE " + CqlIdentifier.fromInternal(keyspace).asCql(true);
  }

  /** The second is of Cassandra 4.1 and later. */
  private static String[] onAllTables(String keyspace) {
    return new String[] {
      "<keyspace " + keyspace + ">", "<all tables in " + keyspace + ">", "<all keyspaces>"
    };
  }

  /** Whether the permission is held on one of the resources. */
  private boolean holds(String permission, String... resources) {
    Set<String> known = listed;
    return known == null
        || Stream.of(resources).anyMatch(resource -> known.contains(permission + " " + resource));
  }
}
