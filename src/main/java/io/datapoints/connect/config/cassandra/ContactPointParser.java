package io.datapoints.connect.config.cassandra;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/**
 * Parses addresses: a name or IPv4 address, or an IPv6 address in brackets, with or without a port.
 * The result always has a port.
 */
final class ContactPointParser {

  private static final int DEFAULT_PORT = 9042;
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?])" + "(:(?<port>\\d{1,5}))?");

  private ContactPointParser() {}

  /**
   * Parses one address into {@code host:port}; an IPv6 host keeps its brackets.
   *
   * @throws IllegalArgumentException if the text is not an address
   */
  static String parse(String text) {
    Matcher matcher = ADDRESS.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be host, host:port or [IPv6]:port, separated by commas");
    }
    String written = matcher.group("port");
    int port = written == null ? DEFAULT_PORT : Integer.parseInt(written);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("has a port that is not between 1 and 65535");
    }
    return matcher.group("host") + ":" + port;
  }

  static Validator validator() {
    return LambdaValidator.with(
        (key, value) -> {
          if (!(value instanceof List<?> list) || list.isEmpty()) {
            throw new ConfigException(key, value, "needs at least one address");
          }
          for (Object element : list) {
            try {
              parse(String.valueOf(element));
            } catch (IllegalArgumentException e) {
              throw new ConfigException(key, value, e.getMessage());
            }
          }
        },
        () -> "host:port, the port 9042 if left out, IPv6 in brackets");
  }
}
