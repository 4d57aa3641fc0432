package io.datapoints.connect.http.credentials;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigException;

/**
 * Reads a file with one client a line: a name, a colon, and what it is known by. Blank lines and
 * those that begin with # say nothing.
 *
 * @param setting the property that names the file
 */
record CredentialFile(String setting, Path path) {

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_CLIENTS = 10_000;

  /**
   * Reads the clients by their names. Blocks.
   *
   * @param parser reads what stands behind the name; throws IllegalArgumentException with a reason
   *     that does not repeat it
   * @throws ConfigException naming the property, and the line at fault
   */
  <T> Map<String, T> read(Function<String, T> parser) {
    Map<String, T> clients = new LinkedHashMap<>();
    try (BufferedReader lines = new BufferedReader(new StringReader(text()))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          add(clients, line.trim(), number, parser);
        }
      }
    } catch (CharacterCodingException e) {
      throw new ConfigException("the file of " + setting + " is not in UTF-8");
    } catch (IOException e) {
      throw new ConfigException(
          "the file of " + setting + " cannot be read: " + e.getClass().getSimpleName());
    }
    if (clients.isEmpty()) {
      throw new ConfigException("the file of " + setting + " names no client");
    }
    return clients;
  }

  private String text() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ConfigException(
            "the file of " + setting + " has more than " + MAX_BYTES + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  private <T> void add(
      Map<String, T> clients, String line, int number, Function<String, T> parser) {
    int colon = line.indexOf(':');
    if (colon <= 0) {
      throw fault(number, "does not begin with a name and a colon");
    }
    if (clients.size() == MAX_CLIENTS) {
      throw fault(number, "is beyond the " + MAX_CLIENTS + " clients that there may be");
    }
    T known;
    try {
      known = parser.apply(line.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw fault(number, String.valueOf(e.getMessage()));
    }
    if (clients.put(line.substring(0, colon), known) != null) {
      throw fault(number, "names a client a second time");
    }
  }

  private ConfigException fault(int number, String reason) {
    return new ConfigException("line " + number + " of the file of " + setting + " " + reason);
  }
}
