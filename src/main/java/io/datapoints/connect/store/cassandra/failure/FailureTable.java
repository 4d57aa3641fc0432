package io.datapoints.connect.store.cassandra.failure;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverExecutionException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
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
import io.datapoints.connect.store.Cause;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What every exception that the driver can hand out means, by its class. */
final class FailureTable {

  /** What an exception says about an attempt; from the mildest to the worst. */
  enum Verdict {
    /** A later attempt may succeed. */
    UNAVAILABLE,

    /** The content of the statement is at fault. */
    REFUSED,

    /** The server rejects the statement: its content, or the schema that it was made for. */
    INVALID,

    /** Either the content or something that holds for every row; other statements tell. */
    DECLINED,

    /** Only an operator can put it right. */
    FATAL
  }

  /**
   * What an exception means.
   *
   * @param cause for the metrics of retries
   * @param tellable whether its message speaks of nodes, counts and permissions, and never of rows
   */
  record Meaning(Verdict verdict, Cause cause, boolean tellable) {

    static Meaning retry(Cause cause) {
      return new Meaning(Verdict.UNAVAILABLE, cause, false);
    }

    static Meaning of(Verdict verdict) {
      return new Meaning(verdict, Cause.OTHER, false);
    }

    Meaning told() {
      return new Meaning(verdict, cause, true);
    }
  }

  /** A class that is not here is not understood, and what is not understood is fatal. */
  static final Map<Class<? extends Throwable>, Meaning> BY_CLASS =
      Map.ofEntries(
          Map.entry(DriverTimeoutException.class, Meaning.retry(Cause.TIMEOUT).told()),
          Map.entry(WriteTimeoutException.class, Meaning.retry(Cause.TIMEOUT).told()),
          Map.entry(ReadTimeoutException.class, Meaning.retry(Cause.TIMEOUT)),
          Map.entry(UnavailableException.class, Meaning.retry(Cause.REPLICAS).told()),
          Map.entry(OverloadedException.class, Meaning.retry(Cause.OVERLOAD)),
          Map.entry(BusyConnectionException.class, Meaning.retry(Cause.OVERLOAD).told()),
          Map.entry(RequestThrottlingException.class, Meaning.retry(Cause.OVERLOAD).told()),
          Map.entry(CASWriteUnknownException.class, Meaning.retry(Cause.CONFLICT)),
          Map.entry(BootstrappingException.class, Meaning.retry(Cause.SERVER)),
          Map.entry(ServerError.class, Meaning.retry(Cause.SERVER)),
          Map.entry(TruncateException.class, Meaning.retry(Cause.SERVER)),
          Map.entry(WriteFailureException.class, Meaning.retry(Cause.SERVER).told()),
          Map.entry(ReadFailureException.class, Meaning.retry(Cause.SERVER)),
          Map.entry(CDCWriteFailureException.class, Meaning.retry(Cause.SERVER)),
          Map.entry(NoNodeAvailableException.class, Meaning.retry(Cause.CONNECTION).told()),
          Map.entry(NodeUnavailableException.class, Meaning.retry(Cause.CONNECTION).told()),
          Map.entry(ClosedConnectionException.class, Meaning.retry(Cause.CONNECTION).told()),
          Map.entry(ConnectionInitException.class, Meaning.retry(Cause.CONNECTION)),
          Map.entry(HeartbeatException.class, Meaning.retry(Cause.CONNECTION).told()),
          Map.entry(CrcMismatchException.class, Meaning.retry(Cause.CONNECTION)),
          Map.entry(IOException.class, Meaning.retry(Cause.CONNECTION)),
          Map.entry(FrameTooLongException.class, Meaning.of(Verdict.REFUSED)),
          Map.entry(InvalidQueryException.class, Meaning.of(Verdict.INVALID)),
          Map.entry(SyntaxError.class, Meaning.of(Verdict.INVALID)),
          Map.entry(InvalidConfigurationInQueryException.class, Meaning.of(Verdict.INVALID)),
          Map.entry(FunctionFailureException.class, Meaning.of(Verdict.DECLINED)),
          Map.entry(AlreadyExistsException.class, Meaning.of(Verdict.FATAL)),
          Map.entry(CodecNotFoundException.class, Meaning.of(Verdict.FATAL)),
          Map.entry(UnauthorizedException.class, Meaning.of(Verdict.FATAL).told()),
          Map.entry(AuthenticationException.class, Meaning.of(Verdict.FATAL).told()),
          Map.entry(InvalidKeyspaceException.class, Meaning.of(Verdict.FATAL)),
          Map.entry(UnsupportedProtocolVersionException.class, Meaning.of(Verdict.FATAL)),
          Map.entry(ProtocolError.class, Meaning.of(Verdict.FATAL)));

  private static final Meaning UNKNOWN = Meaning.of(Verdict.FATAL);

  /** Classes that say nothing beyond their cause. */
  private static final Set<Class<? extends Throwable>> WRAPPERS =
      Set.of(CompletionException.class, ExecutionException.class, DriverExecutionException.class);

  private FailureTable() {}

  /** The exception within any wrappers. */
  static Throwable unwrap(Throwable error) {
    Throwable inner = error;
    Throwable cause = inner.getCause();
    while (cause != null && WRAPPERS.contains(inner.getClass())) {
      inner = cause;
      cause = inner.getCause();
    }
    return inner;
  }

  static Verdict verdict(Throwable wrapped) {
    return meaning(wrapped).verdict();
  }

  /** The meaning of an exception, wrapped or not. */
  static Meaning meaning(Throwable wrapped) {
    Throwable error = unwrap(wrapped);
    if (error instanceof AllNodesFailedException failed) {
      return ofAllNodes(failed);
    }
    if (isServerTrouble(error)) {
      return Meaning.retry(Cause.SERVER);
    }
    if (error instanceof InvalidQueryException && ServerMessage.saysFull(error)) {
      return Meaning.retry(Cause.DISK_FULL);
    }
    if (error instanceof ServerError && ServerMessage.blamesContent(error)) {
      return new Meaning(Verdict.REFUSED, Cause.SERVER, false);
    }
    Class<?> type = error.getClass();
    while (type != Throwable.class) {
      Meaning meaning = BY_CLASS.get(type);
      if (meaning != null) {
        return meaning;
      }
      type = type.getSuperclass();
    }
    return UNKNOWN;
  }

  /** Whether the message may be passed on. A subclass that is not in the table might quote rows. */
  static boolean isTellable(Throwable error) {
    return BY_CLASS.getOrDefault(error.getClass(), UNKNOWN).tellable();
  }

  /**
   * The mildest of what the nodes say: one node that only needs time is hope enough, and without
   * any node there is no connection.
   */
  private static Meaning ofAllNodes(AllNodesFailedException failed) {
    Meaning mildest =
        failed.getAllErrors().values().stream()
            .flatMap(List::stream)
            .map(FailureTable::meaning)
            .min(Comparator.comparing(Meaning::verdict))
            .orElse(Meaning.retry(Cause.CONNECTION));
    return mildest.verdict() == Verdict.UNAVAILABLE
        ? mildest
        : new Meaning(mildest.verdict(), Cause.CONNECTION, false);
  }

  /**
   * A node that cannot read its own tables of roles answers as if the password or the permission
   * were wrong ("Unable to perform authentication: ...").
   */
  private static boolean isServerTrouble(Throwable error) {
    return (error instanceof AuthenticationException || error instanceof UnauthorizedException)
        && String.valueOf(error.getMessage()).contains("Unable to perform auth");
  }
}
