package io.datapoints.connect.store.cassandra.failure;

import com.datastax.oss.driver.api.core.servererrors.FunctionFailureException;
import com.datastax.oss.driver.api.core.servererrors.InvalidConfigurationInQueryException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.SyntaxError;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What of a server's message may be passed on. A server quotes keys and values in some of its
 * messages, and those are payload: only texts known to carry nothing but numbers and names of the
 * schema are let through.
 */
public final class ServerMessage {

  private static final List<Pattern> TOO_LARGE =
      List.of(
          Pattern.compile("Mutation of \\d+ bytes is too large for the maximum size of \\d+"),
          Pattern.compile("\\w+ an oversized mutation \\(\\d+/\\d+\\)"));

  /** Limits of a message and of a batch. */
  private static final List<Pattern> SIZES =
      List.of(
          Pattern.compile("CQL Message of size \\d+ bytes exceeds allowed maximum of \\d+ bytes"),
          Pattern.compile("Batch too large"));

  private static final List<Pattern> SAFE_OF_ROW =
      List.of(
          Pattern.compile("Key length of \\d+ is longer than maximum of \\d+"),
          Pattern.compile("Key may not be empty"),
          Pattern.compile("The sum of all clustering columns is too long \\(\\d+ > \\d+\\)"));

  /** What can be said to every row as well: of a setting of the table, or of the server. */
  private static final List<Pattern> SAFE_OF_ANY =
      List.of(
          Pattern.compile("ttl is too large\\. requested \\(-?\\d+\\) maximum \\(\\d+\\)"),
          Pattern.compile("A TTL must be greater or equal to 0, but was -?\\d+"),
          Pattern.compile("exceeds maximum supported expiration date of [0-9TZ:+-]+"),
          Pattern.compile("^execution of '[^']+' failed"),
          Pattern.compile("Guardrail \\w{1,64} violated"),
          Pattern.compile("User provided timestamps \\(USING TIMESTAMP\\) is not allowed"));

  /** The protocol's codes of errors that may be no fault of the row. */
  private static final Map<Class<? extends Throwable>, String> CODES =
      Map.of(
          SyntaxError.class, "0x2000",
          InvalidQueryException.class, "0x2200",
          InvalidConfigurationInQueryException.class, "0x2300",
          FunctionFailureException.class, "0x1400");

  /** What a node says of a statement on something that it does not know. */
  private static final Pattern SCHEMA_MISSING =
      Pattern.compile("(keyspace|table) \\S+ does not exist|unconfigured table \\S+");

  /** The same of a column or of a part of one. */
  private static final Pattern COLUMN_MISSING =
      Pattern.compile("Undefined column name .+|Unknown (identifier|type|field) .+");

  /** A guardrail of Cassandra 4.1 and later, which holds until there is room again. */
  private static final String FULL = "disk usage exceeds failure threshold";

  private ServerMessage() {}

  /** Whether the server says that its disks are full: a retry succeeds once there is room. */
  static boolean saysFull(Throwable error) {
    return String.valueOf(error.getMessage()).contains(FULL);
  }

  /** Whether the server says that the rows, and not its own state, are at fault. */
  static boolean blamesContent(Throwable error) {
    String message = String.valueOf(error.getMessage());
    return TOO_LARGE.stream().anyMatch(pattern -> pattern.matcher(message).find());
  }

  /** Whether the server says that what it got is too large, be it a batch or a message. */
  static boolean blamesSize(Throwable error) {
    String message = String.valueOf(error.getMessage());
    return Stream.concat(TOO_LARGE.stream(), SIZES.stream())
        .anyMatch(pattern -> pattern.matcher(message).find());
  }

  /** Whether the server says of a statement that it found invalid that this one row is at fault. */
  static boolean blamesRow(Throwable error) {
    String message = String.valueOf(error.getMessage());
    return blamesSize(error)
        || SAFE_OF_ROW.stream().anyMatch(pattern -> pattern.matcher(message).find());
  }

  /** Whether the server says that it does not know the table or its keyspace. */
  public static boolean missesSchema(Throwable error) {
    return SCHEMA_MISSING.matcher(String.valueOf(error.getMessage())).matches();
  }

  /** Whether the server says that it does not know a column or a user defined type. */
  public static boolean missesColumn(Throwable error) {
    return COLUMN_MISSING.matcher(String.valueOf(error.getMessage())).matches();
  }

  /**
   * The class of the exception, and the protocol's code where it may be no fault of the row, with
   * the part of its message that is known to be harmless.
   */
  static String safe(Throwable error) {
    String message = String.valueOf(error.getMessage());
    String code = CODES.get(error.getClass());
    String name = error.getClass().getSimpleName() + (code == null ? "" : " (" + code + ")");
    for (List<Pattern> patterns : List.of(TOO_LARGE, SIZES, SAFE_OF_ROW, SAFE_OF_ANY)) {
      for (Pattern pattern : patterns) {
        Matcher matcher = pattern.matcher(message);
        if (matcher.find()) {
          return name + ": " + matcher.group();
        }
      }
    }
    return name;
  }
}
