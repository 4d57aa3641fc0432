package io.datapoints.connect.observability;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a worker shows Prometheus, in its text format.
 *
 * @param samples every series with its value of now
 * @param types the type of each name
 * @param helps the help of each name
 */
record Exposition(List<Sample> samples, Map<String, String> types, Map<String, String> helps) {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Pattern LINE =
      Pattern.compile("([A-Za-z_:][\\w:]{0,199})(?:\\{(.{0,2000})})? (\\S{1,40})");
  private static final Pattern LABEL =
      Pattern.compile("(\\w{1,60})=\"((?:[^\"\\\\]|\\\\.){0,500})\"");
  private static final Pattern COMMENT = Pattern.compile("# (TYPE|HELP) (\\S{1,200}) (.{0,2000})");

  /** One series; a label's value is as the text has it, escapes included. */
  record Sample(String name, Map<String, String> labels, double value) {}

  /** Reads the exporter's answer on this port of this machine. */
  static Exposition read(HttpClient client, int port) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(BOUND)
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("the exporter answered " + answer.statusCode());
      }
      return parse(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  static Exposition parse(String text) {
    List<Sample> samples = new ArrayList<>();
    Map<String, String> types = new HashMap<>();
    Map<String, String> helps = new HashMap<>();
    for (String line : text.lines().toList()) {
      Matcher comment = COMMENT.matcher(line);
      Matcher sample = LINE.matcher(line);
      if (comment.matches()) {
        (comment.group(1).equals("TYPE") ? types : helps).put(comment.group(2), comment.group(3));
      } else if (sample.matches()) {
        samples.add(
            new Sample(
                sample.group(1),
                labels(sample.group(2) == null ? "" : sample.group(2)),
                number(sample.group(3))));
      }
    }
    return new Exposition(samples, types, helps);
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(text);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return labels;
  }

  /** Java spells infinity in another way. */
  private static double number(String text) {
    return Double.parseDouble(text.replace("Inf", "Infinity"));
  }

  /** The names of all series. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    samples.forEach(sample -> names.add(sample.name()));
    return names;
  }

  /** The series of a name. */
  List<Sample> of(String name) {
    return samples.stream().filter(sample -> sample.name().equals(name)).toList();
  }

  /** The sum of the series of a name. */
  double sum(String name) {
    return of(name).stream().mapToDouble(Sample::value).sum();
  }
}
