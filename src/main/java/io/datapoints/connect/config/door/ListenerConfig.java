package io.datapoints.connect.config.door;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address that the door listens on.
 *
 * @param secure whether it speaks TLS
 * @param host a name or an address, an IPv6 address in brackets; null for all addresses
 * @param port 0 for one that is free
 */
public record ListenerConfig(boolean secure, @Nullable String host, int port) {

  static final String FORM = "http://host:port or https://host:port, without a path";

  private static final Pattern TEXT =
      Pattern.compile(
          "(https?)://([A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))/?",
          Pattern.CASE_INSENSITIVE);

  private static final int MAX_PORT = 65_535;

  /**
   * Reads a text such as {@code https://10.0.0.1:8443}; without a host, or with {@code 0.0.0.0} or
   * {@code [::]}, it is all addresses.
   *
   * @throws IllegalArgumentException with the reason for any other text
   */
  static ListenerConfig parse(String text) {
    Matcher matcher = TEXT.matcher(text.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be " + FORM);
    }
    int port = Integer.parseInt(matcher.group(3));
    if (port > MAX_PORT) {
      throw new IllegalArgumentException("must have a port of at most " + MAX_PORT);
    }
    String host = matcher.group(2);
    boolean all = host.isEmpty() || host.equals("0.0.0.0") || host.equals("[::]");
    return new ListenerConfig(matcher.group(1).equalsIgnoreCase("https"), all ? null : host, port);
  }

  /** Where it listens, in the form of the setting, with the port that it really has. */
  public URI address(int boundPort) {
    String shown = host == null ? "0.0.0.0" : host;
    return URI.create((secure ? "https://" : "http://") + shown + ":" + boundPort);
  }
}
