package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.door.DoorConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the page of the door's settings to the code. {@code -Ddocs.update=true} rewrites it. */
class DoorSettingsPageTest {

  private static final Path PAGE = Path.of("docs", "reference", "door-settings.md");

  @Test
  void thePageListsEverySettingAsItIs() throws IOException {
    new GeneratedTable(PAGE, "settings").is("\n" + SettingsTable.groups(DoorConfig.definition()));
  }

  @Test
  void allOfThemAreBelowTwoPrefixes() {
    assertThat(DoorConfig.definition().names())
        .allSatisfy(name -> assertThat(name).matches("datapoints\\.(http|telnet)\\..+"));
  }
}
