package io.datapoints.connect;

import io.datapoints.connect.config.CollectorPreset;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the page of the presets to the code. {@code -Ddocs.update=true} rewrites it. */
class CollectorPresetsPageTest {

  private static final Path PAGE = Path.of("docs", "reference", "flow-presets.md");

  @Test
  void thePageListsWhatEachPresetSets() throws IOException {
    new GeneratedTable(PAGE, "presets").is(markdown());
  }

  private static String markdown() {
    StringBuilder markdown = new StringBuilder();
    for (CollectorPreset preset : CollectorPreset.values()) {
      markdown.append("\n## ").append(preset.word()).append("\n\n| Setting | Value |\n|---|---|\n");
      preset
          .settings()
          .forEach(
              (setting, value) -> markdown.append("| `%s` | `%s` |\n".formatted(setting, value)));
    }
    return markdown.toString();
  }
}
