package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of the README that is generated, between two markers of its name. */
record ReadmeTable(String name) {

  private static final Path README = Path.of("README.md");

  /** Holds the part to what it has to be; {@code -Dreadme.update=true} rewrites it instead. */
  void is(String expected) throws IOException {
    String readme = Files.readString(README);
    String marker = "<!-- " + name + ":begin -->\n";
    int begin = readme.indexOf(marker) + marker.length();
    int end = readme.indexOf("<!-- " + name + ":end -->\n");
    assertThat(begin).as("markers in the README").isBetween(marker.length(), end);

    if (Boolean.getBoolean("readme.update")) {
      Files.writeString(README, readme.substring(0, begin) + expected + readme.substring(end));
    } else {
      assertThat(readme.substring(begin, end).lines().toList())
          .as(
              "README.md differs from the %s: mvn test -Dtest='Readme*Test' -Dreadme.update=true",
              name)
          .containsExactlyElementsOf(expected.lines().toList());
    }
  }
}
