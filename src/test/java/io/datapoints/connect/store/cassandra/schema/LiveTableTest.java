package io.datapoints.connect.store.cassandra.schema;

import static io.datapoints.connect.store.cassandra.schema.TableDefinition.clustering;
import static io.datapoints.connect.store.cassandra.schema.TableDefinition.partitionKey;
import static io.datapoints.connect.store.cassandra.schema.TableDefinition.regular;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.store.cassandra.schema.TableDefinition.Column;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveTableTest {

  /** A number that no JVM chooses: it is a part of every statement, which servers keep. */
  @Test
  void aVersionIsTheSameInEveryJvm() {
    assertThat(table("id", regular("b", "int")).version()).isEqualTo("90dbfd49");
  }

  @Test
  void whatWouldChangeAStatementMakesAnotherVersion() {
    assertThat(
            List.of(
                table("id", regular("b", "int")).version(),
                table("other", regular("b", "int")).version(),
                table("id", regular("c", "int")).version(),
                table("id", regular("b", "text")).version(),
                table("id", clustering("b", "int")).version()))
        .doesNotHaveDuplicates();
  }

  private static LiveTable table(String id, Column column) {
    return new LiveTable(
        "ks", "t", id, List.of(partitionKey("a", "text"), column), Map.of(), "{} {}");
  }
}
