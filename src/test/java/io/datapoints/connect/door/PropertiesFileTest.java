package io.datapoints.connect.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the door's process. */
class PropertiesFileTest {

  @TempDir private Path directory;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @Test
  void readsPropertiesAsTheyAre() throws IOException {
    assertThat(PropertiesFile.read(file("a", "# no\none = 1\ntwo: ${none:x}\n")))
        .containsEntry("one", "1")
        .containsEntry("two", "${none:x}");
  }

  @Test
  void hasProvidersFillInTheirValues() throws IOException {
    Path secrets = file("secrets", "password=hunter2\n");
    String text =
        """
        config.providers=file
        config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider
        password=${file:%s:password}
        """
            .formatted(secrets);
    assertThat(PropertiesFile.read(file("a", text))).containsEntry("password", "hunter2");
  }

  @Test
  void saysWhatIsNotThere() throws IOException {
    assertThatThrownBy(() -> PropertiesFile.read(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    Path file =
        file("a", "config.providers=x\nconfig.providers.x.class=no.such.Provider\na=${x:y}\n");
    assertThatThrownBy(() -> PropertiesFile.read(file)).isInstanceOf(ConfigException.class);
  }
}
