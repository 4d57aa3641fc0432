package io.datapoints.connect.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.docs.Page;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the queries that are shown to those that are tested. */
class FlowQueriesPageTest {

  @Test
  void thePageShowsEachTestedQueryAndNoOther() throws IOException {
    List<String> shown =
        Page.read("docs/layouts/flows.md").blocks().stream()
            .filter(block -> block.language().equals("sql"))
            .map(block -> block.text().stripTrailing())
            .toList();
    assertThat(shown)
        .containsExactlyElementsOf(
            Arrays.stream(FlowQueries.values()).map(FlowQueries::cql).toList());
  }
}
