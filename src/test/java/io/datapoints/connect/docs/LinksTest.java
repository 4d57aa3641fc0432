package io.datapoints.connect.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A reader who follows a link arrives, and finds every page from the first one. */
class LinksTest {

  private static final int LANDING_PAGE = 150;
  private static final Pattern OPENING =
      Pattern.compile("# [^\n]+\n\n[A-Z][^\n.?]*[.?]\n\n.*", Pattern.DOTALL);

  @Test
  void everyRelativeLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> lost = new ArrayList<>();
    int links = 0;
    for (Page page : Page.all()) {
      for (String link : page.relativeLinks()) {
        links++;
        if (!leadsSomewhere(page, link)) {
          lost.add(page.path() + " -> " + link);
        }
      }
    }
    assertThat(lost).isEmpty();
    assertThat(links).isGreaterThan(100);
  }

  private static boolean leadsSomewhere(Page page, String link) throws IOException {
    Path target = page.target(link);
    int hash = link.indexOf('#');
    return Files.exists(target)
        && (hash < 0 || Page.read(target.toString()).anchors().contains(link.substring(hash + 1)));
  }

  @Test
  void theReadmeIsALandingPage() throws IOException {
    assertThat(Page.read("README.md").text().lines().count()).isLessThanOrEqualTo(LANDING_PAGE);
  }

  @Test
  void theIndexLeadsToEveryPage() throws IOException {
    Page index = Page.read("docs/README.md");
    List<Path> linked = index.relativeLinks().stream().map(index::target).toList();

    assertThat(Page.below("docs"))
        .map(Page::path)
        .filteredOn(path -> !path.equals(index.path()))
        .isNotEmpty()
        .allSatisfy(path -> assertThat(linked).contains(path));
  }

  @Test
  void everyPageBeginsWithTheQuestionThatItAnswers() throws IOException {
    assertThat(Page.below("docs"))
        .allSatisfy(page -> assertThat(page.text()).as("%s", page.path()).matches(OPENING));
  }
}
