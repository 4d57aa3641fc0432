package io.datapoints.connect.door;

import java.util.ArrayList;
import java.util.List;

/** Requests that differ in what is around the body. */
final class HttpCases {

  private static final String GOOD =
      "{\"name\":\"$m\",\"timestamp\":1000,\"value\":1,\"tags\":{\"h\":\"a\"}}";
  private static final String BAD = "{\"name\":\"$m\",\"timestamp\":1000,\"value\":1}";
  private static final String VERSION = "/api/v1/version";

  private final List<Case> cases = new ArrayList<>();

  private HttpCases() {}

  static List<Case> all() {
    HttpCases all = new HttpCases();
    all.typesOfContent();
    all.encodings();
    all.bodies();
    all.methods();
    all.crossOrigin();
    all.otherPaths();
    return all.cases;
  }

  private void typesOfContent() {
    same("no content type", post(GOOD));
    same("no content type, bad", post(BAD));
    same("text/plain", post(GOOD).with("Content-Type", "text/plain"));
    same("a form", post(GOOD).with("Content-Type", "application/x-www-form-urlencoded"));
    same("a charset", post(GOOD).with("Content-Type", "application/json; charset=UTF-8"));
    same("another charset", post(GOOD).with("Content-Type", "application/json; charset=latin1"));
    same("application/gzip", gzipped(GOOD));
    same("application/gzip, bad", gzipped(BAD));
    add(
        "application/gzip that is not",
        post(GOOD).with("Content-Type", "application/gzip"),
        Difference.WORDS);
    same("an Accept of anything", json(GOOD).with("Accept", "*/*"));
  }

  private void encodings() {
    same("Content-Encoding gzip", encoded(json(GOOD).gzip(), "gzip"));
    same("Content-Encoding gzip, no content type", encoded(post(GOOD).gzip(), "gzip"));
    same("Content-Encoding gzip, bad", encoded(json(BAD).gzip(), "gzip"));
    add("Content-Encoding gzip that is not", encoded(json(GOOD), "gzip"), Difference.ENCODING);
    same("Content-Encoding gzip, in chunks", encoded(json(GOOD).gzip(), "gzip").inChunks());
    // Servers keep the headers of a connection, and find them again whatever their case.
    same("Content-Encoding GZIP", encoded(json(GOOD).gzip(), "GZIP").onAConnectionOfItsOwn());
    add(
        "Content-Encoding gzip, identity",
        encoded(json(GOOD).gzip(), "gzip, identity"),
        Difference.UNKNOWN_ENCODING);
    same("Content-Encoding identity", encoded(json(GOOD), "identity"));
    add("Content-Encoding br", encoded(json("\u0001\u0002"), "br"), Difference.UNKNOWN_ENCODING);
  }

  private void bodies() {
    add("an empty body", json(""), Difference.WORDS);
    add("a blank body", json(" \n\t "), Difference.WORDS);
    same("in chunks", json(GOOD).inChunks());
    same("in chunks, bad", json(BAD).inChunks());
    add("nothing in chunks", json("").inChunks(), Difference.WORDS);
    same("a query string", json(GOOD).path(Request.DATAPOINTS + "?sync=true"));
  }

  private void methods() {
    same("HEAD", Request.of("HEAD", Request.DATAPOINTS));
    for (String method : List.of("GET", "DELETE")) {
      add(method, Request.of(method, Request.DATAPOINTS), Difference.METHOD);
    }
    add("PUT", json(GOOD).method("PUT"), Difference.METHOD);
    add("PATCH", json(GOOD).method("PATCH"), Difference.METHOD);
  }

  private void crossOrigin() {
    for (String path : List.of(Request.DATAPOINTS, VERSION, Request.DATAPOINTS + "/query")) {
      same("OPTIONS " + path, Request.of("OPTIONS", path));
      same(
          "OPTIONS of a browser " + path,
          Request.of("OPTIONS", path)
              .with("Origin", "http://example.org")
              .with("Access-Control-Request-Method", "POST")
              .with("Access-Control-Request-Headers", "content-type"));
    }
    same("a POST of a browser", json(GOOD).with("Origin", "http://example.org"));
    same("a bad POST of a browser", json(BAD).with("Origin", "http://example.org"));
  }

  private void otherPaths() {
    add("version", Request.of("GET", VERSION), Difference.VERSION);
    same("health", Request.of("GET", "/api/v1/health/check"));
    add("status", Request.of("GET", "/api/v1/health/status"), Difference.STATUS);
    add("index", Request.of("GET", Request.DATAPOINTS + "/index"), Difference.INDEX);
    same("query", json("{\"metrics\":[]}").path(Request.DATAPOINTS + "/query"));
    same("query by GET", Request.of("GET", Request.DATAPOINTS + "/query?query=%7B%7D"));
    same("tags", json("{\"metrics\":[]}").path(Request.DATAPOINTS + "/query/tags"));
    same("delete", json("{\"metrics\":[]}").path(Request.DATAPOINTS + "/delete"));
    same("delete a metric", Request.of("DELETE", "/api/v1/metric/m"));
    same("names of metrics", Request.of("GET", "/api/v1/metricnames"));
    add("names of tags", Request.of("GET", "/api/v1/tagnames"), Difference.GONE);
    add("roll-ups", Request.of("GET", "/api/v1/rollups"), Difference.GONE);
    add("features", Request.of("GET", "/api/v1/features"), Difference.FEATURES);
    add("nothing", Request.of("GET", "/api/v1/nothing"), Difference.NOTHING);
    add(
        "the path for gzip",
        json(GOOD).gzip().path(Request.DATAPOINTS + "/gzip"),
        Difference.GZIP_PATH);
  }

  private void same(String name, Request request) {
    add(name, request, Difference.NONE);
  }

  /** The metric of a case is in its body before the body is compressed. */
  private void add(String name, Request request, Difference difference) {
    cases.add(new Case("http: " + name, metric(), request, difference));
  }

  private String metric() {
    return "http." + cases.size();
  }

  private Request post(String body) {
    return Request.post(body.replace("$m", metric()));
  }

  private Request json(String body) {
    return Request.json(body.replace("$m", metric()));
  }

  private Request gzipped(String body) {
    return post(body).gzip().with("Content-Type", "application/gzip");
  }

  private static Request encoded(Request request, String encoding) {
    return request.with("Content-Encoding", encoding);
  }
}
