package io.datapoints.connect.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.docs.Page;
import io.datapoints.connect.store.Outcome;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the diagrams of the design page to the states and outcomes that there are. */
class DesignPageTest {

  private static final Pattern TRANSITION =
      Pattern.compile("^ +(\\S+) --> (\\S+) : [^:;\n]+$", Pattern.MULTILINE);
  private static final Pattern OUTCOME = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE);
  private static final String ENDS = "[*]";

  private final Page page;
  private final List<String> diagrams;

  DesignPageTest() throws IOException {
    page = Page.read("docs/design.md");
    diagrams =
        page.blocks().stream()
            .map(Page.Block::text)
            .filter(text -> text.startsWith("stateDiagram-v2"))
            .toList();
  }

  @Test
  void theRowsOfAPartitionHaveTheStatesOfTheirBuffer() {
    Set<String> states = states(transitions(diagrams.get(0)), 1);
    states.remove(ENDS);
    assertThat(states)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(PartitionBuffer.State.values()).map(Enum::name).toList());
  }

  @Test
  void everyOutcomeHasItsRow() {
    assertThat(OUTCOME.matcher(page.text()).results())
        .extracting(row -> row.group(1))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Outcome.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
  }

  /** No line of a diagram is lost to a slip of the pen, and no state is a dead end. */
  @Test
  void everyStateIsEnteredAndLeft() {
    assertThat(diagrams)
        .hasSize(2)
        .allSatisfy(
            diagram -> {
              List<MatchResult> transitions = transitions(diagram);
              assertThat(transitions).hasSize((int) diagram.lines().count() - 1);
              assertThat(states(transitions, 1)).isEqualTo(states(transitions, 2));
            });
  }

  private static List<MatchResult> transitions(String diagram) {
    return TRANSITION.matcher(diagram).results().toList();
  }

  private static Set<String> states(List<MatchResult> transitions, int end) {
    Set<String> states = new TreeSet<>();
    transitions.forEach(each -> states.add(each.group(end)));
    return states;
  }
}
