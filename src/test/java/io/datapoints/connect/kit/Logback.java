package io.datapoints.connect.kit;

import java.nio.file.Path;

/** The configuration of servers that log through Logback: to standard output, nothing else. */
final class Logback {

  private Logback() {}

  /** Writes the file and returns its absolute path. */
  static Path write(Path directory, String level) {
    return Directories.write(
            directory.resolve("logback.xml"),
            """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder>
                  <pattern>%%d{HH:mm:ss.SSS} %%-5level [%%thread] %%logger{1} %%msg%%n</pattern>
                </encoder>
              </appender>
              <root level="%s"><appender-ref ref="out"/></root>
            </configuration>
            """
                .formatted(level))
        .toAbsolutePath();
  }
}
