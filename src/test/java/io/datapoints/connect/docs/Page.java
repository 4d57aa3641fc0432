package io.datapoints.connect.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page in Markdown, of the repository or of the archive. */
public record Page(Path path, String text) {

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

  /**
   * An example between fences.
   *
   * @param language empty where the fence names none
   */
  public record Block(String language, String text) {}

  /** Reads a page by its path below the root of the repository. */
  public static Page read(String path) throws IOException {
    return read(Path.of(path));
  }

  private static Page read(Path path) throws IOException {
    return new Page(path, Files.readString(path));
  }

  /** Every page of the repository. */
  public static List<Page> all() throws IOException {
    List<Page> pages = new ArrayList<>();
    for (String file : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      pages.add(read(file));
    }
    for (String directory : List.of("docs", "config")) {
      pages.addAll(below(directory));
    }
    return pages;
  }

  /** Every page of a directory and those below it. */
  public static List<Page> below(String directory) throws IOException {
    List<Page> pages = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(directory))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".md")).sorted().toList()) {
        pages.add(read(file));
      }
    }
    return pages;
  }

  /** The examples, in their order. */
  public List<Block> blocks() {
    return BLOCK
        .matcher(text)
        .results()
        .map((MatchResult block) -> new Block(block.group(1), block.group(2)))
        .toList();
  }

  /** The text without the examples. */
  public String prose() {
    return BLOCK.matcher(text).replaceAll("");
  }

  /** Where the links lead that are relative to this page, anchors included. */
  public List<String> relativeLinks() {
    return LINK.matcher(prose())
        .results()
        .map((MatchResult link) -> link.group(1))
        .filter(link -> !link.contains("://"))
        .toList();
  }

  /** The file that a relative link leads to, this one where it names an anchor alone. */
  public Path target(String link) {
    String file = link.replaceFirst("#.*", "");
    return file.isEmpty() ? path : path.resolveSibling(file).normalize();
  }

  /** The names under which a link finds the headings, as GitHub makes them. */
  public Set<String> anchors() {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> anchors = new HashSet<>();
    for (MatchResult heading : HEADING.matcher(prose()).results().toList()) {
      String name =
          LINK.matcher(heading.group(1))
              .replaceAll("")
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N}_ -]", "")
              .replace(' ', '-');
      int times = seen.merge(name, 1, Integer::sum);
      anchors.add(times == 1 ? name : name + "-" + (times - 1));
    }
    return anchors;
  }
}
