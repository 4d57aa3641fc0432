package io.datapoints.connect.store.cassandra.schema;

import static com.datastax.oss.driver.api.core.loadbalancing.NodeDistance.IGNORED;
import static com.datastax.oss.driver.api.core.loadbalancing.NodeDistance.LOCAL;
import static com.datastax.oss.driver.api.core.metadata.NodeState.DOWN;
import static com.datastax.oss.driver.api.core.metadata.NodeState.UP;
import static io.datapoints.connect.model.TtlLimits.LAST_EXPIRY_EPOCH_SECONDS;
import static io.datapoints.connect.model.TtlLimits.LAST_EXPIRY_OF_MODE_NONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which date a cluster of nodes comes to by what each of them says of itself. */
class LastExpiryTest {

  private static final String NONE = "NONE";

  private final Map<UUID, Node> nodes = new HashMap<>();
  private final Map<Node, Object> answers = new HashMap<>();
  private final List<Node> asked = new ArrayList<>();

  @Test
  void theEarliestDateOfTheNodesCounts() {
    node(UP, LOCAL, NONE);
    node(UP, LOCAL, "none");
    assertThat(last()).isEqualTo(LAST_EXPIRY_OF_MODE_NONE);
    node(UP, LOCAL, "UPGRADING");
    assertThat(last()).isEqualTo(LAST_EXPIRY_EPOCH_SECONDS);
  }

  @Test
  void anyOtherModeAndNoModeAreOf2038() {
    for (Object answer :
        List.of(
            "CASSANDRA_4",
            "UPGRADING",
            "",
            new InvalidQueryException(null, "keyspace system_views does not exist"),
            new UnauthorizedException(null, "no SELECT permission"))) {
      nodes.clear();
      node(UP, LOCAL, NONE);
      node(UP, LOCAL, answer);
      assertThat(last()).as("%s", answer).isEqualTo(LAST_EXPIRY_EPOCH_SECONDS);
    }
  }

  @Test
  void nodesThatDoNotAnswerDoNotCount() {
    node(UP, LOCAL, NONE);
    node(UP, LOCAL, new DriverTimeoutException("slow"));
    node(UP, LOCAL, AllNodesFailedException.fromErrors(List.of()));
    assertThat(last()).isEqualTo(LAST_EXPIRY_OF_MODE_NONE);
    nodes.clear();
    node(UP, LOCAL, new DriverTimeoutException("slow"));
    assertThat(last()).isEqualTo(LAST_EXPIRY_EPOCH_SECONDS);
  }

  @Test
  void onlyNodesThatAreWrittenToAreAsked() {
    Node near = node(UP, LOCAL, NONE);
    node(UP, IGNORED, "CASSANDRA_4");
    node(DOWN, LOCAL, "CASSANDRA_4");
    assertThat(last()).isEqualTo(LAST_EXPIRY_OF_MODE_NONE);
    assertThat(asked).containsExactly(near);
  }

  @Test
  void noNodeIsAskedBeforeTheDateMatters() {
    node(UP, LOCAL, NONE);
    assertThat(allows(0)).isTrue();
    assertThat(allows(LAST_EXPIRY_EPOCH_SECONDS)).isTrue();
    assertThat(asked).isEmpty();
    assertThat(allows(LAST_EXPIRY_EPOCH_SECONDS + 1)).isTrue();
    assertThat(allows(LAST_EXPIRY_OF_MODE_NONE)).isTrue();
    assertThat(allows(LAST_EXPIRY_OF_MODE_NONE + 1)).isFalse();
    node(UP, LOCAL, "CASSANDRA_4");
    assertThat(allows(LAST_EXPIRY_EPOCH_SECONDS + 1)).isFalse();
  }

  private long last() {
    return LastExpiry.of(session()).toCompletableFuture().join();
  }

  private boolean allows(long epochSeconds) {
    return LastExpiry.allows(session(), epochSeconds).toCompletableFuture().join();
  }

  /**
   * @param answer the mode, empty for none, or an exception
   */
  private Node node(NodeState state, NodeDistance distance, Object answer) {
    Node node =
        proxy(
            Node.class,
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "getState" -> state;
                  case "getDistance" -> distance;
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> self == arguments[0];
                  case "toString" -> distance + " " + state;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
    nodes.put(UUID.randomUUID(), node);
    answers.put(node, answer);
    return node;
  }

  /** Answers requests to one node; the proxy hands its futures on as they are. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private CqlSession session() {
    Metadata metadata = proxy(Metadata.class, (self, method, arguments) -> nodes);
    return proxy(
        CqlSession.class,
        (self, method, arguments) ->
            method.getName().equals("getMetadata")
                ? metadata
                : answer(((SimpleStatement) arguments[0]).getNode()));
  }

  private CompletableFuture<AsyncResultSet> answer(@Nullable Node node) {
    asked.add(node);
    Object answer = answers.get(node);
    if (answer instanceof Exception error) {
      return CompletableFuture.failedFuture(error);
    }
    Row row = proxy(Row.class, (self, method, arguments) -> answer);
    return CompletableFuture.completedFuture(
        proxy(AsyncResultSet.class, (self, method, arguments) -> "".equals(answer) ? null : row));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
