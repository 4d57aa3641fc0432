package io.datapoints.connect.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts are closed in the order against that of their opening, once, whatever one of them does. */
class OpenedTest {

  private final List<String> closed = new ArrayList<>();
  private final Opened opened = new Opened();

  private void open(String name) {
    assertThat(opened.with((AutoCloseable) () -> closed.add(name))).isNotNull();
  }

  private void openBroken() {
    AutoCloseable broken =
        () -> {
          throw new IllegalStateException("broken");
        };
    assertThat(opened.with(broken)).isSameAs(broken);
  }

  @Test
  void closesTheLatestFirstAndOnce() {
    open("log");
    open("intake");
    open("http");
    opened.close();
    opened.close();
    assertThat(closed).containsExactly("http", "intake", "log");
  }

  @Test
  void closesWhatIsLeftAfterOneThatThrows() {
    open("log");
    openBroken();
    open("http");
    opened.close();
    assertThat(closed).containsExactly("http", "log");
  }

  @Test
  void aFailureRemembersWhatClosingCost() {
    open("log");
    openBroken();
    Exception failure = new IllegalArgumentException("port taken");
    opened.close(failure);
    assertThat(closed).containsExactly("log");
    assertThat(failure.getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class);
  }
}
