package io.datapoints.connect.store.mongodb.collection;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import io.datapoints.connect.config.MongoConfig;
import io.datapoints.connect.store.ValidationResult.SettingError;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/**
 * What the user may do, as the server tells the user itself. Without a login, or where the server
 * does not tell, nothing is known and no privilege is reported as missing.
 */
public final class Privileges {

  private static final Document QUESTION =
      new Document("connectionStatus", 1).append("showPrivileges", true);

  private final Optional<List<Document>> listed;

  private Privileges(Optional<List<Document>> listed) {
    this.listed = listed;
  }

  /** Asks the server. Blocks. */
  public static Privileges of(MongoClient client) {
    try {
      return of(client.getDatabase("admin").runCommand(QUESTION));
    } catch (MongoCommandException e) {
      // A server that does not know the question.
      return new Privileges(Optional.empty());
    }
  }

  /**
   * As the server answers. An empty list tells nothing: emulations know users and no privileges,
   * and a user without any may not even list the collections.
   */
  public static Privileges of(Document answer) {
    Document user = answer.get("authInfo", new Document());
    boolean loggedIn = !user.getList("authenticatedUsers", Document.class, List.of()).isEmpty();
    return new Privileges(
        loggedIn
            ? Optional.ofNullable(user.getList("authenticatedUserPrivileges", Document.class))
                .filter(privileges -> !privileges.isEmpty())
            : Optional.empty());
  }

  /** A complaint unless the user may do all of this to the documents of a collection. */
  Optional<SettingError> to(Collection<String> actions, String database, String collection) {
    List<String> lacking =
        actions.stream().filter(action -> !allow(action, database, collection)).sorted().toList();
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(
            SettingError.of(
                MongoConfig.URI,
                "the user lacks the privileges %s on %s.%s: grant the role readWrite on %s"
                    .formatted(String.join(", ", lacking), database, collection, database)));
  }

  private boolean allow(String action, String database, String collection) {
    return listed.isEmpty()
        || listed.get().stream()
            .filter(each -> each.getList("actions", String.class, List.of()).contains(action))
            .map(each -> each.get("resource", new Document()))
            .anyMatch(resource -> covers(resource, database, collection));
  }

  /** An empty name stands for all. */
  private static boolean covers(Document resource, String database, String collection) {
    return resource.getBoolean("anyResource", false)
        || (List.of("", database).contains(resource.get("db", "\0"))
            && List.of("", collection).contains(resource.get("collection", "\0")));
  }
}
