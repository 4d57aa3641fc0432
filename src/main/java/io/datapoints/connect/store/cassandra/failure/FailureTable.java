package io.datapoints.connect.store.cassandra.failure;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverExecutionException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.NodeUnavailableException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.UnsupportedProtocolVersionException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import com.datastax.oss.driver.api.core.connection.CrcMismatchException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.connection.HeartbeatException;
import com.datastax.oss.driver.api.core.servererrors.AlreadyExistsException;
import com.datastax.oss.driver.api.core.servererrors.BootstrappingException;
import com.datastax.oss.driver.api.core.servererrors.CASWriteUnknownException;
import com.datastax.oss.driver.api.core.servererrors.CDCWriteFailureException;
import com.datastax.oss.driver.api.core.servererrors.FunctionFailureException;
import com.datastax.oss.driver.api.core.servererrors.InvalidConfigurationInQueryException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.ProtocolError;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.SyntaxError;
import com.datastax.oss.driver.api.core.servererrors.TruncateException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import com.datastax.oss.driver.api.core.type.codec.CodecNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** The verdict on every exception that the driver can hand out, by its class. */
public final class FailureTable {

  /** A class that is not here is not understood, and what is not understood is fatal. */
  static final Map<Class<? extends Throwable>, Verdict> BY_CLASS =
      Map.ofEntries(
          Map.entry(DriverTimeoutException.class, Verdict.UNAVAILABLE),
          Map.entry(WriteTimeoutException.class, Verdict.UNAVAILABLE),
          Map.entry(ReadTimeoutException.class, Verdict.UNAVAILABLE),
          Map.entry(UnavailableException.class, Verdict.UNAVAILABLE),
          Map.entry(OverloadedException.class, Verdict.UNAVAILABLE),
          Map.entry(BootstrappingException.class, Verdict.UNAVAILABLE),
          Map.entry(ServerError.class, Verdict.UNAVAILABLE),
          Map.entry(TruncateException.class, Verdict.UNAVAILABLE),
          Map.entry(WriteFailureException.class, Verdict.UNAVAILABLE),
          Map.entry(ReadFailureException.class, Verdict.UNAVAILABLE),
          Map.entry(CASWriteUnknownException.class, Verdict.UNAVAILABLE),
          Map.entry(CDCWriteFailureException.class, Verdict.UNAVAILABLE),
          Map.entry(NodeUnavailableException.class, Verdict.UNAVAILABLE),
          Map.entry(BusyConnectionException.class, Verdict.UNAVAILABLE),
          Map.entry(ClosedConnectionException.class, Verdict.UNAVAILABLE),
          Map.entry(ConnectionInitException.class, Verdict.UNAVAILABLE),
          Map.entry(HeartbeatException.class, Verdict.UNAVAILABLE),
          Map.entry(CrcMismatchException.class, Verdict.UNAVAILABLE),
          Map.entry(RequestThrottlingException.class, Verdict.UNAVAILABLE),
          Map.entry(IOException.class, Verdict.UNAVAILABLE),
          Map.entry(FrameTooLongException.class, Verdict.REFUSED),
          Map.entry(InvalidQueryException.class, Verdict.INVALID),
          Map.entry(SyntaxError.class, Verdict.INVALID),
          Map.entry(InvalidConfigurationInQueryException.class, Verdict.INVALID),
          Map.entry(AlreadyExistsException.class, Verdict.FATAL),
          Map.entry(FunctionFailureException.class, Verdict.DECLINED),
          Map.entry(CodecNotFoundException.class, Verdict.FATAL),
          Map.entry(UnauthorizedException.class, Verdict.FATAL),
          Map.entry(AuthenticationException.class, Verdict.FATAL),
          Map.entry(InvalidKeyspaceException.class, Verdict.FATAL),
          Map.entry(UnsupportedProtocolVersionException.class, Verdict.FATAL),
          Map.entry(ProtocolError.class, Verdict.FATAL));

  /** Classes that say nothing beyond their cause. */
  private static final Set<Class<? extends Throwable>> WRAPPERS =
      Set.of(CompletionException.class, ExecutionException.class, DriverExecutionException.class);

  private FailureTable() {}

  /** The exception within any wrappers. */
  public static Throwable unwrap(Throwable error) {
    Throwable inner = error;
    Throwable cause = inner.getCause();
    while (cause != null && WRAPPERS.contains(inner.getClass())) {
      inner = cause;
      cause = inner.getCause();
    }
    return inner;
  }

  /** The verdict on an exception, wrapped or not. */
  public static Verdict verdict(Throwable wrapped) {
    Throwable error = unwrap(wrapped);
    if (error instanceof AllNodesFailedException failed) {
      return ofAllNodes(failed.getAllErrors().values());
    }
    if (isServerTrouble(error)) {
      return Verdict.UNAVAILABLE;
    }
    if (error instanceof InvalidQueryException && ServerMessage.saysFull(error)) {
      return Verdict.UNAVAILABLE;
    }
    if (error instanceof ServerError && ServerMessage.blamesContent(error)) {
      return Verdict.REFUSED;
    }
    Class<?> type = error.getClass();
    while (type != Throwable.class) {
      Verdict verdict = BY_CLASS.get(type);
      if (verdict != null) {
        return verdict;
      }
      type = type.getSuperclass();
    }
    return Verdict.FATAL;
  }

  /**
   * As long as one node only needs time, or no node was there to ask, time may cure it; all nodes
   * have to agree on anything worse.
   */
  private static Verdict ofAllNodes(Collection<List<Throwable>> errorsByNode) {
    Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
    errorsByNode.forEach(errors -> errors.forEach(error -> verdicts.add(verdict(error))));
    // An EnumSet iterates in the order of the enum: the first is the mildest.
    return verdicts.isEmpty() ? Verdict.UNAVAILABLE : verdicts.iterator().next();
  }

  /**
   * A node that cannot read its own tables of roles answers as if the password or the permission
   * were wrong ("Unable to perform authentication: ...").
   */
  static boolean isServerTrouble(Throwable error) {
    return (error instanceof AuthenticationException || error instanceof UnauthorizedException)
        && String.valueOf(error.getMessage()).contains("Unable to perform auth");
  }
}
