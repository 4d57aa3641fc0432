package io.datapoints.connect.store.cassandra.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.mapping.MappedTarget.TableToCreate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The CQL of tables that are created. */
class DdlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id | '' | PRIMARY KEY (id))",
        "(id, day), ts DESC | '' |"
            + " PRIMARY KEY ((id, day), ts)) WITH CLUSTERING ORDER BY (ts DESC)",
        "\"a,b DESC\", ts, n asc | gc_grace_seconds = 1 |"
            + " PRIMARY KEY (\"a,b DESC\", ts, n)) WITH CLUSTERING ORDER BY (ts ASC, n asc)"
            + " AND gc_grace_seconds = 1",
        "id, ts | gc_grace_seconds = 1 | PRIMARY KEY (id, ts)) WITH gc_grace_seconds = 1",
      })
  void theKeyIsDeclaredWithItsOrder(String key, String options, String expected) {
    assertThat(Ddl.table("ks", "t", new TableToCreate("id text", key, options)))
        .isEqualTo("CREATE TABLE IF NOT EXISTS ks.t (id text, " + expected);
  }
}
