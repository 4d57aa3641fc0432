package io.datapoints.connect.store.mongodb.failure;

import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoIncompatibleDriverException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoSocketWriteTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.spi.dns.DnsException;
import io.datapoints.connect.config.MongoConfig;
import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.model.CauseChain;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.mongodb.failure.ErrorCode.Verdict;
import io.datapoints.connect.tls.HandshakeFailure;
import io.datapoints.connect.tls.TlsException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bson.BSONException;
import org.jspecify.annotations.Nullable;

/**
 * Turns an exception that ended a whole attempt into an outcome. The text of a server is not passed
 * on: it may quote the command, and with it a payload.
 */
public final class Failures {

  /** Labels by which a server or the driver says that the same attempt may succeed later. */
  private static final List<String> PASSING_LABELS =
      List.of(
          "RetryableWriteError",
          MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL,
          MongoException.RETRYABLE_ERROR_LABEL,
          MongoException.SYSTEM_OVERLOADED_ERROR_LABEL);

  /**
   * The driver's exceptions that may pass with time, whatever their code, and why an attempt has to
   * be made again; of a class and its subclasses the more special comes first.
   */
  private static final Map<Class<? extends MongoException>, Cause> PASSING_EXCEPTIONS =
      passingExceptions();

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}");

  private Failures() {}

  private static Map<Class<? extends MongoException>, Cause> passingExceptions() {
    Map<Class<? extends MongoException>, Cause> table = new LinkedHashMap<>();
    table.put(MongoOperationTimeoutException.class, Cause.TIMEOUT);
    table.put(MongoSocketReadTimeoutException.class, Cause.TIMEOUT);
    table.put(MongoSocketWriteTimeoutException.class, Cause.TIMEOUT);
    // The other timeouts are those of waiting for a member, or for a connection to it.
    table.put(MongoTimeoutException.class, Cause.CONNECTION);
    table.put(MongoSocketException.class, Cause.CONNECTION);
    table.put(MongoConnectionPoolClearedException.class, Cause.CONNECTION);
    table.put(MongoServerUnavailableException.class, Cause.CONNECTION);
    table.put(MongoInterruptedException.class, Cause.OTHER);
    return table;
  }

  private static @Nullable Cause passing(MongoException error) {
    for (Map.Entry<Class<? extends MongoException>, Cause> known : PASSING_EXCEPTIONS.entrySet()) {
      if (known.getKey().isInstance(error)) {
        return known.getValue();
      }
    }
    return null;
  }

  public static Outcome of(Throwable error) {
    if (error instanceof StoreException known) {
      return known.outcome();
    }
    String reason = reason(error);
    return switch (verdict(error)) {
      case UNAVAILABLE, RACE -> unavailable(error);
      case REFUSED -> new Outcome.Refused(reason);
      case DECLINED -> new Outcome.Declined(cause(error), reason);
      case FATAL -> new Outcome.Fatal(blamed(error, reason), tellable(error, reason));
    };
  }

  /** With the setting to look at, where it can be but one. */
  private static String blamed(Throwable error, String reason) {
    return error instanceof MongoSecurityException
        ? "the server refuses the user and password of " + MongoConfig.URI + " (" + reason + ")"
        : reason;
  }

  /**
   * The outcome of an attempt to open, with the setting to look at where a handshake failed.
   *
   * @param tls null where the connection string alone says whether connections are encrypted
   */
  public static Outcome ofOpening(Throwable error, @Nullable TlsConfig tls) {
    if (error instanceof TlsException) {
      // Our own files: the certificate that it may speak of is not the server's.
      return of(error);
    }
    Optional<HandshakeFailure> handshake = HandshakeFailure.of(error);
    if (handshake.isEmpty()) {
      return of(error);
    }
    String driver = reason(error);
    String reason =
        tls == null ? driver : "%s (%s)".formatted(handshake.get().message(tls), driver);
    return isHopeless(error)
        ? new Outcome.Fatal(reason, tellable(error, reason))
        : new Outcome.Unavailable(cause(error), reason, tellable(error, reason));
  }

  /**
   * Whether a member that cannot be connected to stays so. A certificate is judged here alone: to a
   * task that runs it is an outage, since certificates are renewed one member after the other.
   */
  public static boolean isHopeless(Throwable error) {
    return verdict(error) == Verdict.FATAL
        || HandshakeFailure.of(error).filter(HandshakeFailure::forOperator).isPresent();
  }

  /** The outcome of an attempt that is made again, whatever the exception says. */
  public static Outcome unavailable(Throwable error) {
    String reason = reason(error);
    return new Outcome.Unavailable(cause(error), reason, tellable(error, reason));
  }

  /** What is not understood is fatal. */
  public static Verdict verdict(Throwable error) {
    if (error instanceof MongoException failure) {
      return ofDriver(failure);
    }
    if (error instanceof BSONException) {
      return Verdict.REFUSED;
    }
    return Verdict.FATAL;
  }

  private static Verdict ofDriver(MongoException error) {
    if (PASSING_LABELS.stream().anyMatch(error::hasErrorLabel)) {
      return Verdict.UNAVAILABLE;
    }
    if (error instanceof MongoSecurityException) {
      return ofHandshake(error.getCause());
    }
    if (passing(error) != null) {
      return Verdict.UNAVAILABLE;
    }
    if (error instanceof MongoConfigurationException) {
      return has(error, DnsException.class) ? Verdict.UNAVAILABLE : Verdict.FATAL;
    }
    if (error instanceof MongoClientException
        || error instanceof MongoIncompatibleDriverException) {
      return Verdict.FATAL;
    }
    Verdict verdict = ErrorCode.ofCommand(error.getCode());
    // The driver's own errors have codes of their own, and are about connections; a write concern
    // that is not met is about members.
    boolean mayBlameOne =
        error instanceof MongoServerException && !(error instanceof MongoWriteConcernException);
    return verdict == Verdict.DECLINED && !mayBlameOne ? Verdict.UNAVAILABLE : verdict;
  }

  /**
   * Why an authentication failed: a connection that broke meanwhile is an outage, and so is a
   * server that cannot look up a user right now; anything else is a wrong password.
   */
  private static Verdict ofHandshake(@Nullable Throwable cause) {
    if (cause instanceof MongoSecurityException inner) {
      return ofHandshake(inner.getCause());
    }
    if (cause instanceof MongoCommandException answer) {
      return ErrorCode.isKnown(answer.getErrorCode())
          ? ErrorCode.ofCommand(answer.getErrorCode())
          : Verdict.FATAL;
    }
    return cause instanceof MongoSocketException
            || cause instanceof MongoTimeoutException
            || cause instanceof MongoInterruptedException
            || cause instanceof IOException
        ? Verdict.UNAVAILABLE
        : Verdict.FATAL;
  }

  /** Why an attempt has to be made again after this, for metrics. */
  static Cause cause(@Nullable Throwable error) {
    if (!(error instanceof MongoException failure)) {
      return error instanceof IOException ? Cause.CONNECTION : Cause.OTHER;
    }
    if (failure.hasErrorLabel(MongoException.SYSTEM_OVERLOADED_ERROR_LABEL)) {
      return Cause.OVERLOAD;
    }
    if (failure instanceof MongoSecurityException) {
      return cause(failure.getCause());
    }
    Cause passing = passing(failure);
    if (passing != null) {
      return passing;
    }
    return failure.getCause() instanceof DnsException
        ? Cause.CONNECTION
        : ErrorCode.cause(failure.getCode());
  }

  /** Says what happened without any text that may quote a payload. */
  public static String reason(Throwable error) {
    if (error instanceof StoreException || error instanceof TlsException) {
      return String.valueOf(error.getMessage());
    }
    String name = error.getClass().getSimpleName();
    Throwable told = error instanceof MongoSecurityException ? error.getCause() : error;
    if (told instanceof MongoServerException answer) {
      return name + ": " + described(answer);
    }
    return quotes(error) ? name : name + ": " + error.getMessage();
  }

  /** A name that the server gives its code is an identifier, and no text that quotes anything. */
  private static String described(MongoServerException answer) {
    boolean named =
        answer instanceof MongoCommandException command
            && !ErrorCode.isKnown(answer.getCode())
            && NAME.matcher(command.getErrorCodeName()).matches();
    return named
        ? ((MongoCommandException) answer).getErrorCodeName() + " (" + answer.getCode() + ")"
        : ErrorCode.describe(answer.getCode());
  }

  /** The exception itself where nothing in it can quote a payload, or else one in its place. */
  private static Throwable tellable(Throwable error, String reason) {
    return quotes(error) ? StoreException.inPlaceOf(error, reason) : error;
  }

  private static boolean quotes(Throwable error) {
    return has(error, MongoServerException.class) || has(error, BSONException.class);
  }

  private static boolean has(Throwable error, Class<? extends Throwable> type) {
    return CauseChain.of(error).stream().anyMatch(type::isInstance);
  }
}
