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
  INDEX("/api/v1/datapoints/index", "GET", Access.CREDENTIALS),
  VERSION("/api/v1/version", "GET", Access.CREDENTIALS),
  HEALTH_CHECK("/api/v1/health/check", "GET", Access.ANYBODY),
  HEALTH_STATUS("/api/v1/health/status", "GET", Access.ANYBODY),
  HEALTH("/health", "GET", Access.ANYBODY),
  HEALTH_READY("/health/ready", "GET", Access.ANYBODY),
  HEALTH_LIVE("/health/live", "GET", Access.ANYBODY),
  METRICS("/metrics", "GET", Access.METRICS),
  METRICS_JSON("/api/v1/metrics", "GET", Access.METRICS),
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
  private final String method;
  private final Access access;

  Endpoint(String path, String method, Access access) {
    this.path = path;
    this.method = method;
    this.access = access;
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

  /** Whether it takes this method; that of GET is that of HEAD as well. */
  boolean takes(String requested) {
    return requested.equals(method) || (requested.equals("HEAD") && method.equals("GET"));
  }

  /** The methods that it takes, as the header {@code Allow} has them. */
  String allowed() {
    return method.equals("GET") ? "GET, HEAD, OPTIONS" : method + ", OPTIONS";
  }

  /** Who may use it. */
  Access access() {
    return access;
  }
}
