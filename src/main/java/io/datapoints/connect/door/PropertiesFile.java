package io.datapoints.connect.door;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** A file of properties, as a worker reads it: with the values of {@code config.providers}. */
final class PropertiesFile {

  private PropertiesFile() {}

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read
   * @throws org.apache.kafka.common.config.ConfigException if a provider does not have a value
   */
  static Map<String, Object> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<String, String> texts = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      texts.put(key, properties.getProperty(key));
    }
    return new AbstractConfig(new ConfigDef(), texts, false).originals();
  }
}
