package io.datapoints.connect.store.cassandra.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.store.ValidationResult.SettingError;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user may do, by the words in which a server lists permissions. */
class GrantsTest {

  @ParameterizedTest
  @ValueSource(strings = {"<all keyspaces>", "<keyspace k>", "<all tables in k>", "<table k.t>"})
  void aTableIsCoveredByWhatIsAboveIt(String resource) {
    Grants grants = Grants.listed(Set.of("MODIFY " + resource));
    assertThat(grants.to("MODIFY", "k", List.of("t"))).isEmpty();
    assertThat(grants.to("SELECT", "k", List.of("t"))).isPresent();
  }

  @Test
  void whatIsLackingIsNamedWithItsCure() {
    Grants grants = Grants.listed(Set.of("MODIFY <table Big.a>", "MODIFY <keyspace big>"));
    assertThat(grants.to("MODIFY", "Big", List.of("a", "b", "c")))
        .hasValue(
            new SettingError(
                "cassandra.username",
                "cassandra.username: the user may not MODIFY Big.b, Big.c: GRANT MODIFY ON KEYSPACE"
                    + " \"Big\""));
    assertThat(grants.to("MODIFY", "Big", List.of("a"))).isEmpty();
    assertThat(grants.to("MODIFY", "Big", List.of())).isEmpty();
  }

  @Test
  void aKeyspaceIsCreatedByWhoMayCreateAny() {
    assertThat(Grants.listed(Set.of("CREATE <all keyspaces>")).toCreate("k")).isEmpty();
    assertThat(Grants.listed(Set.of("CREATE <keyspace k>")).toCreate("k"))
        .hasValue(
            new SettingError(
                "cassandra.schema.create",
                "cassandra.schema.create: keyspace k is missing, and the user may not create it:"
                    + " create it by hand, or GRANT CREATE ON ALL KEYSPACES"));
  }

  @Test
  void tablesAreCreatedByWhoMayCreateInTheKeyspace() {
    for (String resource : List.of("<all keyspaces>", "<keyspace k>", "<all tables in k>")) {
      Grants grants = Grants.listed(Set.of("CREATE " + resource));
      assertThat(grants.toCreate("k", List.of("t"))).isEmpty();
    }
    Grants none = Grants.listed(Set.of("CREATE <table k.t>", "MODIFY <all keyspaces>"));
    assertThat(none.toCreate("k", List.of())).isEmpty();
    assertThat(none.toCreate("k", List.of("t", "u")))
        .hasValue(
            new SettingError(
                "cassandra.schema.create",
                "cassandra.schema.create: of keyspace k the tables t, u are missing, and the user"
                    + " may not create them: create them by hand, or GRANT CREATE ON KEYSPACE k"));
  }

  @Test
  void ofWhomNothingIsKnownNothingIsSaid() {
    Grants unknown = Grants.unknown();
    assertThat(unknown.toCreate("k")).isEmpty();
    assertThat(unknown.toCreate("k", List.of("t"))).isEmpty();
    assertThat(unknown.to("MODIFY", "k", List.of("t"))).isEmpty();
  }
}
