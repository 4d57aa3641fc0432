package io.datapoints.connect.door;

import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a server answered.
 *
 * @param status of HTTP
 * @param headers several values of one name joined by commas
 * @param body empty where there is none
 */
record Answer(int status, SortedMap<String, String> headers, String body) {

  /** How a server frames or compresses its answers, and says who it is and when that was. */
  private static final Set<String> FRAMING =
      Set.of(
          "connection",
          "content-length",
          "date",
          "keep-alive",
          "server",
          "transfer-encoding",
          "vary");

  /** Of the headers those that mean something to a client, their names in lower case. */
  SortedMap<String, String> meaning() {
    SortedMap<String, String> meaning = new TreeMap<>();
    headers.forEach(
        (name, value) ->
            meaning.put(name.toLowerCase(Locale.ROOT), value.replaceAll("\\s*,\\s*", ", ")));
    meaning.keySet().removeAll(FRAMING);
    return meaning;
  }
}
