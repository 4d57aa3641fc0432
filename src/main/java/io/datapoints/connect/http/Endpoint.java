package io.datapoints.connect.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the door has, by path. */
enum Endpoint {
  DATAPOINTS("/api/v1/datapoints", "POST", Access.CREDENTIALS),
  DATAPOINTS_GZIP("/api/v1/datapoints/gzip", "POST", Access.CREDENTIALS),
  INDEX("/api/v1/datapoints/index", "GET, HEAD", Access.CREDENTIALS),
  VERSION("/api/v1/version", "GET, HEAD", Access.CREDENTIALS),
  HEALTH_CHECK("/api/v1/health/check", "GET, HEAD", Access.ANYBODY),
  HEALTH_STATUS("/api/v1/health/status", "GET, HEAD", Access.ANYBODY),
  HEALTH("/health", "GET, HEAD", Access.ANYBODY),
  HEALTH_READY("/health/ready", "GET, HEAD", Access.ANYBODY),
  HEALTH_LIVE("/health/live", "GET, HEAD", Access.ANYBODY),
  LINES("/write", "POST", Access.CREDENTIALS),
  LINES_SECOND("/api/v2/write", "POST", Access.CREDENTIALS),
  INFLUX_PING("/ping", "GET, HEAD", Access.ANYBODY),
  INFLUX_QUERY("/query", "GET, HEAD, POST", Access.CREDENTIALS),
  OTLP("/v1/metrics", "POST", Access.CREDENTIALS),
  REMOTE_WRITE("/api/v1/write", "POST", Access.CREDENTIALS),
  PUT("/api/put", "POST", Access.CREDENTIALS),
  METRICS("/metrics", "GET, HEAD", Access.METRICS),
  METRICS_JSON("/api/v1/metrics", "GET, HEAD", Access.METRICS),
  /** What reads from KairosDB: not here. */
  QUERY("query", "", Access.CREDENTIALS),
  /** What deletes from KairosDB: not here. */
  DELETE("delete", "", Access.CREDENTIALS),
  /** Any other path. */
  OTHER("other", "", Access.CREDENTIALS);

  /** Who may use it. */
  enum Access {
    /** Anybody, without credentials. */
    ANYBODY,
    /** Whoever may write. */
    CREDENTIALS,
    /** As a setting says. */
    METRICS
  }

  private static final String API = "/api/v1";

  private static final Map<String, Endpoint> BY_PATH =
      Arrays.stream(values())
          .filter(endpoint -> endpoint.path.startsWith("/"))
          .collect(Collectors.toUnmodifiableMap(Endpoint::path, Function.identity()));

  /** Each of these paths, and all that is below it. */
  private static final List<String> QUERIES =
      List.of(
          "/datapoints/query",
          "/metricnames",
          "/tagnames",
          "/tagvalues",
          "/metadata",
          "/rollups",
          "/features",
          "/admin");

  private static final List<String> DELETES = List.of("/datapoints/delete", "/metric");

  private final String path;
  private final String methods;
  private final Access access;

  /**
   * @param methods separated by commas
   */
  Endpoint(String path, String methods, Access access) {
    this.path = path;
    this.methods = methods;
    this.access = access;
  }

  /** Whether its requests have bodies of points. */
  boolean takesPoints() {
    return switch (this) {
      case DATAPOINTS, DATAPOINTS_GZIP, LINES, LINES_SECOND, OTLP, REMOTE_WRITE, PUT -> true;
      default -> false;
    };
  }

  /** The endpoint of a path, with or without a slash at its end. */
  static Endpoint of(String path) {
    String plain =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    Endpoint known = BY_PATH.get(plain);
    if (known != null) {
      return known;
    }
    if (isBelow(DELETES, plain)) {
      return DELETE;
    }
    return isBelow(QUERIES, plain) ? QUERY : OTHER;
  }

  private static boolean isBelow(List<String> roots, String path) {
    return path.startsWith(API)
        && roots.stream()
            .map(API::concat)
            .anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
  }

  /** The path, or a word for those that have many. */
  String path() {
    return path;
  }

  /** Whether it takes this method. */
  boolean takes(String requested) {
    return (", " + methods + ",").contains(", " + requested + ",");
  }

  /** The methods that it takes, as the header {@code Allow} has them. */
  String allowed() {
    return methods + ", OPTIONS";
  }

  /** Who may use it. */
  Access access() {
    return access;
  }
}
