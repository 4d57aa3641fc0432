package io.datapoints.connect.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.mapping.Expression.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fields are found by their names, wherever they stand in an object. */
class PathTreeTest {

  private static final String LONG = "n".repeat(1_000);

  private final PathTree tree = new PathTree();

  PathTreeTest() {
    List<String> names = List.of("a", "b", LONG);
    for (int slot = 0; slot < names.size(); slot++) {
      tree.add(List.of(new Step.Field(names.get(slot))), slot);
    }
  }

  private int slot(String name, int position) {
    PathTree place = tree.field(name, position);
    return place == null ? PathTree.NO_SLOT : place.slot();
  }

  @Test
  void objectsMayHaveTheirFieldsInAnyOrder() {
    for (int round = 0; round < 2; round++) {
      assertThat(slot("a", 0)).isEqualTo(0);
      assertThat(slot("b", 1)).isEqualTo(1);
      assertThat(slot("b", 0)).isEqualTo(1);
      assertThat(slot("other", 1)).isEqualTo(PathTree.NO_SLOT);
      assertThat(slot(new String("a"), 1)).isEqualTo(0);
    }
  }

  @Test
  void longNamesAndLatePositionsAreFoundTheSameWay() {
    for (int position : new int[] {0, 31, 32, 1_000_000}) {
      assertThat(slot(LONG, position)).isEqualTo(2);
      assertThat(slot("a", position)).isEqualTo(0);
      assertThat(slot(LONG + "x", position)).isEqualTo(PathTree.NO_SLOT);
    }
  }
}
