package io.datapoints.connect.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.docs.Page;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of the faults is one that the suite wrote, and the page sums it up rightly. */
class FaultsPageTest {

  private final Page page;
  private final List<List<String>> rows;

  FaultsPageTest() throws IOException {
    page = Page.read("docs/reference/faults.md");
    rows =
        page.text()
            .lines()
            .filter(line -> line.startsWith("| "))
            .map(line -> Arrays.asList(line.substring(2, line.length() - 2).split(" \\| ", -1)))
            .toList();
  }

  @Test
  void theTableHasTheColumnsOfTheSuite() {
    assertThat(rows).first().isEqualTo(Evidence.HEAD);
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSameSizeAs(Evidence.HEAD));
  }

  @Test
  void theSummaryIsTheSumOfTheRows() {
    assertThat(page.text())
        .contains(
            "%d scenarios, %,d records, **%d lost, %d wrong or extra**. %d dead letters"
                .formatted(
                    scenarios().size(),
                    sum("Records"),
                    sum("Lost"),
                    sum("Wrong or extra"),
                    sum("Dead letters repeated")));
  }

  /** Below the head and its underline. */
  private List<List<String>> scenarios() {
    return rows.subList(2, rows.size());
  }

  private long sum(String column) {
    int index = Evidence.HEAD.indexOf(column);
    return scenarios().stream()
        .mapToLong(row -> Long.parseLong(row.get(index).replace(",", "")))
        .sum();
  }
}
