package io.datapoints.connect.telnet;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a line, which KairosDB parts at characters up to the space. A word that starts with
 * a double quote goes on to the next quote that ends a word.
 */
final class Words {

  private Words() {}

  static List<String> of(String line) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      if (line.charAt(at) <= ' ') {
        at++;
        continue;
      }
      int closing = line.charAt(at) == '"' ? closingQuote(line, at + 1) : -1;
      int end = closing < 0 ? endOfWord(line, at) : closing;
      words.add(line.substring(closing < 0 ? at : at + 1, end));
      at = end + 1;
    }
    return words;
  }

  private static int endOfWord(String line, int start) {
    int end = start;
    while (end < line.length() && line.charAt(end) > ' ') {
      end++;
    }
    return end;
  }

  /** The quote before a blank or the end of the line; negative if there is none. */
  private static int closingQuote(String line, int start) {
    int quote = line.indexOf('"', start);
    while (quote >= 0 && quote + 1 < line.length() && line.charAt(quote + 1) > ' ') {
      quote = line.indexOf('"', quote + 1);
    }
    return quote;
  }
}
