package io.datapoints.connect.store.mongodb.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.store.ValidationResult.SettingError;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user may do, as a server answers connectionStatus. */
class PrivilegesTest {

  private static final List<String> WRITES = List.of("update", "insert");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{db: 'net', collection: 'metrics'}",
        "{db: 'net', collection: ''}",
        "{db: '', collection: 'metrics'}",
        "{db: '', collection: ''}",
        "{anyResource: true}"
      })
  void aCollectionIsCoveredByWhatIsAboveIt(String resource) {
    assertThat(of(resource, "insert", "update", "find").to(WRITES, "net", "metrics")).isEmpty();
    assertThat(of(resource, "insert").to(WRITES, "net", "metrics"))
        .hasValue(
            new SettingError(
                "mongodb.uri",
                "mongodb.uri: the user lacks the privileges update on net.metrics: grant the role"
                    + " readWrite on net"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{db: 'other', collection: ''}",
        "{db: 'net', collection: 'other'}",
        "{cluster: true}"
      })
  void whatIsForSomethingElseCoversNothing(String resource) {
    assertThat(of(resource, "insert", "update").to(WRITES, "net", "metrics")).isPresent();
  }

  @Test
  void ofWhomNothingIsKnownNothingIsSaid() {
    for (String answer :
        List.of(
            "{ok: 1}",
            "{authInfo: {authenticatedUsers: [], authenticatedUserPrivileges: []}}",
            "{authInfo: {authenticatedUsers: [{user: 'u', db: 'admin'}]}}",
            // An emulation has users and no privileges.
            "{authInfo: {authenticatedUsers: [{user: 'u'}], authenticatedUserPrivileges: []}}")) {
      assertThat(Privileges.of(Document.parse(answer)).to(WRITES, "net", "metrics")).isEmpty();
    }
  }

  private static Privileges of(String resource, String... actions) {
    Document privilege =
        new Document("resource", Document.parse(resource)).append("actions", List.of(actions));
    return Privileges.of(
        new Document(
            "authInfo",
            new Document("authenticatedUsers", List.of(new Document("user", "u")))
                .append("authenticatedUserPrivileges", List.of(privilege))));
  }
}
