package io.datapoints.connect.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that the build wrote into the jar. */
public final class PluginVersion {

  private static final String RESOURCE = "/kafka-connect-datapoints.properties";

  private PluginVersion() {}

  /**
   * Reads the version.
   *
   * @throws IllegalStateException if this project's build did not create the jar
   */
  public static String read() {
    Properties properties = new Properties();
    try (InputStream resource = PluginVersion.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException("The jar has no " + RESOURCE);
      }
      properties.load(resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = properties.getProperty("version");
    if (version == null) {
      throw new IllegalStateException(RESOURCE + " names no version");
    }
    return version;
  }
}
