package io.datapoints.connect.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the queries of the README to those that are tested. */
class ReadmeQueriesTest {

  private static final Pattern SECTION =
      Pattern.compile("<!-- flows-queries:begin -->(.*)<!-- flows-queries:end -->", Pattern.DOTALL);
  private static final Pattern QUERY = Pattern.compile("```sql\n(.*?)\n```", Pattern.DOTALL);

  @Test
  void theReadmeShowsEachTestedQueryAndNoOther() throws IOException {
    String section =
        SECTION
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    List<String> shown =
        QUERY.matcher(section).results().map((MatchResult query) -> query.group(1)).toList();
    assertThat(shown)
        .containsExactlyElementsOf(
            Arrays.stream(FlowQueries.values()).map(FlowQueries::cql).toList());
  }
}
