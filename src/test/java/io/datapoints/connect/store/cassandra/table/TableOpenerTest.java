package io.datapoints.connect.store.cassandra.table;

import static io.datapoints.connect.store.cassandra.TestTables.cells;
import static io.datapoints.connect.store.cassandra.TestTables.set;
import static io.datapoints.connect.store.cassandra.TestTables.target;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.store.HandSetClock;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.cassandra.ScriptedSession;
import io.datapoints.connect.store.cassandra.TestTables;
import io.datapoints.connect.store.cassandra.TestTables.Wish;
import io.datapoints.connect.store.cassandra.failure.Failures;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a topic whose table is not there, and of one of which nobody knows. */
class TableOpenerTest {

  private static final Map<String, List<MappedTarget>> TARGETS =
      Map.of("t", List.of(target("ks", "t", Wish.PLAIN, set("a"), set("b"))));

  private static final MappingConfig MATCHED = topic -> TARGETS.getOrDefault(topic, List.of());

  private final ScriptedSession session = new ScriptedSession();
  private final HandSetClock clock = new HandSetClock();
  private @Nullable TableLayout layout;

  @Test
  void aTopicThatOnlyMatchesAPatternIsRefusedForAWhile() {
    TableOpener opener = opener(MATCHED);
    assertThat(opener.covers("t")).isFalse();
    assertThat(openWithoutTables(opener)).isEqualTo(Outcome.Durable.DURABLE);
    assertThat(opener.covers("t")).isTrue();
    assertThat(Objects.requireNonNull(layout).plan(cells(1, "x", 1)))
        .isEqualTo(new Plan.Rejected(Rule.MAPPING, "topic.t.ks.t.mapping: table ks.t is missing"));
    clock.forward(Duration.ofMillis(9_999));
    assertThat(opener.covers("t")).isTrue();
    clock.forward(Duration.ofMillis(1));
    assertThat(opener.covers("t")).isFalse();
  }

  @Test
  void aTopicThatIsMappedByNameFailsTheTask() {
    TableOpener opener = opener(TestTables.named(TARGETS));
    assertThat(openWithoutTables(opener)).isInstanceOf(Outcome.Fatal.class);
    assertThat(opener.covers("t")).isFalse();
  }

  @Test
  void noTopicIsRefusedWhileTheNodesDisagree() {
    TableOpener opener = opener(MATCHED);
    session.agree(false);
    assertThat(opener.covers("t")).isFalse();
    assertThat(openWithoutTables(opener)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(opener.covers("t")).isFalse();
  }

  @Test
  void anOutageIsWaitedForEvenByATopicThatWasRefused() {
    TableOpener opener = opener(MATCHED);
    assertThat(opener.covers("t")).isFalse();
    assertThat(openWithoutTables(opener)).isEqualTo(Outcome.Durable.DURABLE);
    clock.forward(Duration.ofSeconds(10));
    assertThat(opener.covers("t")).isFalse();
    CompletableFuture<Outcome> opened = open(opener);
    session.take().forEach(sent -> sent.fail(new DriverTimeoutException("no answer")));
    assertThat(opened.join()).isInstanceOf(Outcome.Unavailable.class);
    assertThat(opener.covers("t")).isFalse();
  }

  private TableOpener opener(MappingConfig mapping) {
    return new TableOpener(TestTables.config("127.0.0.1:9042", mapping), true, clock);
  }

  private Outcome openWithoutTables(TableOpener opener) {
    CompletableFuture<Outcome> opened = open(opener);
    for (List<ScriptedSession.Sent> asked = session.take();
        !asked.isEmpty();
        asked = session.take()) {
      asked.forEach(sent -> sent.answer().complete(nothing()));
    }
    return opened.join();
  }

  private CompletableFuture<Outcome> open(TableOpener opener) {
    return opener
        .open(session.session())
        .handle(
            (opened, error) -> {
              if (error != null) {
                return Failures.ofOpening(error);
              }
              layout = opened;
              return Outcome.Durable.DURABLE;
            })
        .toCompletableFuture();
  }

  /** An answer without a row. */
  private static AsyncResultSet nothing() {
    return (AsyncResultSet)
        Proxy.newProxyInstance(
            TableOpenerTest.class.getClassLoader(),
            new Class<?>[] {AsyncResultSet.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "currentPage" -> List.of();
                  case "hasMorePages" -> false;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
