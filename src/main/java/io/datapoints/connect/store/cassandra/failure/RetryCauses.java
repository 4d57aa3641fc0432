package io.datapoints.connect.store.cassandra.failure;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NodeUnavailableException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import com.datastax.oss.driver.api.core.connection.CrcMismatchException;
import com.datastax.oss.driver.api.core.connection.HeartbeatException;
import com.datastax.oss.driver.api.core.servererrors.BootstrappingException;
import com.datastax.oss.driver.api.core.servererrors.CASWriteUnknownException;
import com.datastax.oss.driver.api.core.servererrors.CDCWriteFailureException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.TruncateException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import io.datapoints.connect.store.Cause;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The cause, for metrics, of every exception of the driver that only time cures. */
final class RetryCauses {

  /** The classes that {@link FailureTable} calls unavailable. */
  static final Map<Class<? extends Throwable>, Cause> BY_CLASS =
      Map.ofEntries(
          Map.entry(DriverTimeoutException.class, Cause.TIMEOUT),
          Map.entry(WriteTimeoutException.class, Cause.TIMEOUT),
          Map.entry(ReadTimeoutException.class, Cause.TIMEOUT),
          Map.entry(UnavailableException.class, Cause.REPLICAS),
          Map.entry(OverloadedException.class, Cause.OVERLOAD),
          Map.entry(BusyConnectionException.class, Cause.OVERLOAD),
          Map.entry(RequestThrottlingException.class, Cause.OVERLOAD),
          Map.entry(CASWriteUnknownException.class, Cause.CONFLICT),
          Map.entry(BootstrappingException.class, Cause.SERVER),
          Map.entry(ServerError.class, Cause.SERVER),
          Map.entry(TruncateException.class, Cause.SERVER),
          Map.entry(WriteFailureException.class, Cause.SERVER),
          Map.entry(ReadFailureException.class, Cause.SERVER),
          Map.entry(CDCWriteFailureException.class, Cause.SERVER),
          Map.entry(NodeUnavailableException.class, Cause.CONNECTION),
          Map.entry(ClosedConnectionException.class, Cause.CONNECTION),
          Map.entry(ConnectionInitException.class, Cause.CONNECTION),
          Map.entry(HeartbeatException.class, Cause.CONNECTION),
          Map.entry(CrcMismatchException.class, Cause.CONNECTION),
          Map.entry(IOException.class, Cause.CONNECTION));

  private RetryCauses() {}

  /** The cause of an exception, wrapped or not, whose verdict is that time cures it. */
  static Cause of(Throwable wrapped) {
    Throwable error = FailureTable.unwrap(wrapped);
    if (error instanceof AllNodesFailedException failed) {
      return ofAllNodes(failed);
    }
    if (error instanceof InvalidQueryException && ServerMessage.saysFull(error)) {
      return Cause.DISK_FULL;
    }
    if (FailureTable.isServerTrouble(error)) {
      return Cause.SERVER;
    }
    Class<?> type = error.getClass();
    while (type != Throwable.class) {
      Cause cause = BY_CLASS.get(type);
      if (cause != null) {
        return cause;
      }
      type = type.getSuperclass();
    }
    return Cause.OTHER;
  }

  /** That of the first node for which there is hope; without any node there is no connection. */
  private static Cause ofAllNodes(AllNodesFailedException failed) {
    return failed.getAllErrors().values().stream()
        .flatMap(List::stream)
        .filter(error -> FailureTable.verdict(error) == Verdict.UNAVAILABLE)
        .findFirst()
        .map(RetryCauses::of)
        .orElse(Cause.CONNECTION);
  }
}
