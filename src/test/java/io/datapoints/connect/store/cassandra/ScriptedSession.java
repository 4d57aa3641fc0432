package io.datapoints.connect.store.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.detach.AttachmentPoint;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import com.datastax.oss.driver.internal.core.cql.DefaultColumnDefinition;
import com.datastax.oss.driver.internal.core.cql.DefaultColumnDefinitions;
import com.datastax.oss.driver.internal.core.cql.DefaultPreparedStatement;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.response.result.ColumnSpec;
import com.datastax.oss.protocol.internal.response.result.RawType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A session without a cluster: keeps what is sent, and answers when the test says so. */
public final class ScriptedSession {

  /** One request and its answer to come. */
  public record Sent(Statement<?> statement, CompletableFuture<@Nullable AsyncResultSet> answer) {

    public void acknowledge() {
      answer.complete(null);
    }

    public void fail(Throwable error) {
      answer.completeExceptionally(error);
    }

    /** The table of the first or only row. */
    public String table() {
      Statement<?> first =
          statement instanceof BatchStatement batch ? batch.iterator().next() : statement;
      String cql = ((BoundStatement) first).getPreparedStatement().getQuery();
      return cql.substring(cql.indexOf('.') + 1, cql.indexOf(" ("));
    }
  }

  private final List<Sent> pending = new ArrayList<>();
  private @Nullable RuntimeException refusal;
  private boolean agreement = true;
  private boolean closed;

  public CqlSession session() {
    return (CqlSession)
        Proxy.newProxyInstance(
            ScriptedSession.class.getClassLoader(),
            new Class<?>[] {CqlSession.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  /** What was sent since the last call. */
  public List<Sent> take() {
    List<Sent> taken = List.copyOf(pending);
    pending.clear();
    return taken;
  }

  /** Throws this at whoever sends something from now on. */
  public void refuse(RuntimeException error) {
    refusal = error;
  }

  public void close() {
    closed = true;
  }

  /** Whether the nodes have the same schema. */
  public void agree(boolean agreed) {
    agreement = agreed;
  }

  /** The proxy hands the futures on as they are. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private Object call(Method method, Object[] arguments) {
    if (method.getName().equals("executeAsync") && arguments[0] instanceof Statement<?> sent) {
      if (refusal != null) {
        throw refusal;
      }
      CompletableFuture<@Nullable AsyncResultSet> answer = new CompletableFuture<>();
      pending.add(new Sent(sent, answer));
      return answer;
    }
    if (method.getName().equals("prepareAsync") && arguments[0] instanceof String cql) {
      return CompletableFuture.completedFuture(prepare(cql));
    }
    if (method.getName().equals("isClosed")) {
      return closed;
    }
    if (method.getName().equals("checkSchemaAgreementAsync")) {
      return CompletableFuture.completedFuture(agreement);
    }
    throw new UnsupportedOperationException(method.getName());
  }

  /** A statement whose variables are all blobs and whose first one is the partition key. */
  public static PreparedStatement prepare(String cql) {
    return prepare(cql, List.of(0));
  }

  /**
   * A statement whose variables are all blobs.
   *
   * @param partitionKey which of them are the partition key
   */
  public static PreparedStatement prepare(String cql, List<Integer> partitionKey) {
    int variables = (int) cql.chars().filter(c -> c == '?').count();
    List<ColumnDefinition> columns = new ArrayList<>();
    IntStream.range(0, variables)
        .forEach(
            i ->
                columns.add(
                    new DefaultColumnDefinition(
                        new ColumnSpec(
                            "ks",
                            "t",
                            "c" + i,
                            i,
                            RawType.PRIMITIVES.get(ProtocolConstants.DataType.BLOB)),
                        AttachmentPoint.NONE)));
    return new DefaultPreparedStatement(
        ByteBuffer.wrap(cql.getBytes(StandardCharsets.UTF_8)),
        cql,
        DefaultColumnDefinitions.valueOf(columns),
        partitionKey,
        null,
        DefaultColumnDefinitions.valueOf(List.of()),
        (CqlIdentifier) null,
        Map.of(),
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        null,
        null,
        null,
        Integer.MIN_VALUE,
        (ConsistencyLevel) null,
        null,
        false,
        CodecRegistry.DEFAULT,
        ProtocolVersion.DEFAULT);
  }
}
