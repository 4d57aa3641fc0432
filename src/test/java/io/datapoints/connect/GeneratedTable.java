package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a page that is generated, between two markers of its name. */
public record GeneratedTable(Path page, String name) {

  /** Holds the part to what it has to be; {@code -Ddocs.update=true} rewrites it instead. */
  public void is(String expected) throws IOException {
    String text = Files.readString(page);
    String marker = "<!-- " + name + ":begin -->\n";
    int begin = text.indexOf(marker) + marker.length();
    int end = text.indexOf("<!-- " + name + ":end -->\n");
    assertThat(begin).as("markers in %s", page).isBetween(marker.length(), end);

    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(page, text.substring(0, begin) + expected + text.substring(end));
    } else {
      assertThat(text.substring(begin, end).lines().toList())
          .as(
              "%s differs from the %s: mvn -B test -Dtest='*PageTest' -Ddocs.update=true",
              page, name)
          .containsExactlyElementsOf(expected.lines().toList());
    }
  }
}
