package io.datapoints.connect.door;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cases of {@code door/payloads.txt}, which says how it is read. */
final class Payloads {

  private static final Pattern GROUP = Pattern.compile("\\[([a-z]+)] (.*\\$x.*)");
  private static final Pattern CASE = Pattern.compile("(.*?)(?: => ([A-Z_]+))?");
  private static final Pattern REPEATED = Pattern.compile("\\$\\{(.)\\*(\\d+)}");
  private static final int SHOWN = 60;

  private Payloads() {}

  /** In the order of the file. */
  static List<Case> all() throws IOException {
    List<Case> cases = new ArrayList<>();
    String group = "";
    String frame = "$x";
    for (String line : lines()) {
      Matcher begin = GROUP.matcher(line);
      if (begin.matches()) {
        group = begin.group(1);
        frame = begin.group(2);
      } else {
        cases.add(of(cases.size(), group, frame, line));
      }
    }
    return cases;
  }

  private static Case of(int number, String group, String frame, String line) {
    Matcher parts = CASE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException(line);
    }
    String shown = line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    String metric = "door." + number;
    String body = frame.replace("$x", parts.group(1));
    return new Case(
        group + ": " + shown,
        metric,
        Request.json(expand(body, number).replace("$m", metric)),
        parts.group(2) == null ? Difference.NONE : Difference.valueOf(parts.group(2)));
  }

  private static String expand(String body, int number) {
    return REPEATED
        .matcher(body)
        .replaceAll(match -> match.group(1).repeat(Integer.parseInt(match.group(2))))
        .replace("$k", Integer.toString(number))
        .replace("$sp", " ")
        .replace("$nl", "\n")
        .replace("$nul", "\0");
  }

  private static List<String> lines() throws IOException {
    try (InputStream file = Payloads.class.getResourceAsStream("/door/payloads.txt")) {
      if (file == null) {
        throw new IllegalStateException("door/payloads.txt is not there");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }
}
