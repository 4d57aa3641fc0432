package io.datapoints.connect.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Secrets that can be told from anything else, in files as config providers read them.
 *
 * @param directory where the files lie
 */
record Secrets(Path directory) {

  /** In every one of them; nothing else of a test has it. */
  static final String MARK = "s3cr3t7f3a";

  /** The secret for a purpose. */
  static String of(String purpose) {
    return MARK + "-" + purpose;
  }

  /** A placeholder for it in a file of properties. */
  String inProperties(String purpose) {
    String name = purpose + ".properties";
    return "${file:" + write(name, "value=" + of(purpose) + "\n") + ":value}";
  }

  /** A placeholder for it in a file of its own. */
  String inFile(String purpose) {
    write(purpose, of(purpose));
    return "${dir:" + directory + ":" + purpose + "}";
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
