package io.datapoints.connect.store.mongodb;

import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoIncompatibleDriverException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.spi.dns.DnsException;
import io.datapoints.connect.store.Outcome;
import java.io.IOException;
import java.security.cert.CertificateException;
import org.bson.BSONException;
import org.jspecify.annotations.Nullable;

/**
 * Turns an exception that ended a whole attempt into an outcome. The text of a server is never
 * passed on: it may quote the command, and with it a payload.
 */
final class Failures {

  private static final String RETRYABLE_WRITE = "RetryableWriteError";

  private Failures() {}

  static Outcome of(Throwable error) {
    String reason = reason(error);
    return switch (verdict(error)) {
      case UNAVAILABLE, RACE -> new Outcome.Unavailable(reason, tellable(error, reason));
      case REFUSED -> new Outcome.Refused(reason);
      case FATAL -> new Outcome.Fatal(reason, tellable(error, reason));
    };
  }

  /** The outcome of an attempt that is made again whatever the exception says. */
  static Outcome unavailable(Throwable error) {
    String reason = reason(error);
    return new Outcome.Unavailable(reason, tellable(error, reason));
  }

  /** What is not understood is fatal. */
  static Verdict verdict(Throwable error) {
    if (has(error, CertificateException.class)) {
      return Verdict.FATAL;
    }
    if (error instanceof MongoException failure) {
      return ofDriver(failure);
    }
    if (error instanceof BSONException) {
      return Verdict.REFUSED;
    }
    return error instanceof DnsException || error instanceof IOException
        ? Verdict.UNAVAILABLE
        : Verdict.FATAL;
  }

  private static Verdict ofDriver(MongoException error) {
    if (error.hasErrorLabel(RETRYABLE_WRITE)
        || error.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)) {
      return Verdict.UNAVAILABLE;
    }
    if (error instanceof MongoSecurityException
        || error instanceof MongoConnectionPoolClearedException) {
      return ofHandshake(error);
    }
    if (error instanceof MongoCommandException failure) {
      return ErrorCode.ofCommand(failure.getErrorCode());
    }
    if (error instanceof MongoConfigurationException) {
      return has(error, DnsException.class) ? Verdict.UNAVAILABLE : Verdict.FATAL;
    }
    if (error instanceof MongoTimeoutException
        || error instanceof MongoServerUnavailableException
        || error instanceof MongoInterruptedException) {
      return Verdict.UNAVAILABLE;
    }
    return error instanceof MongoClientException
            || error instanceof MongoIncompatibleDriverException
        ? Verdict.FATAL
        : ErrorCode.ofCommand(error.getCode());
  }

  /**
   * A handshake that failed tells why in its cause: a connection that broke meanwhile is an outage,
   * and so is a server that cannot look up a user right now; anything else is a wrong password.
   */
  private static Verdict ofHandshake(MongoException error) {
    Throwable cause = error.getCause();
    if (cause instanceof MongoCommandException answer) {
      boolean passing =
          ErrorCode.of(answer.getErrorCode()).isPresent()
              && ErrorCode.ofCommand(answer.getErrorCode()) == Verdict.UNAVAILABLE;
      return passing ? Verdict.UNAVAILABLE : Verdict.FATAL;
    }
    if (cause instanceof MongoSecurityException inner) {
      return ofHandshake(inner);
    }
    if (error instanceof MongoConnectionPoolClearedException
        || cause instanceof MongoSocketException
        || cause instanceof MongoTimeoutException
        || cause instanceof MongoInterruptedException
        || cause instanceof IOException) {
      return Verdict.UNAVAILABLE;
    }
    return Verdict.FATAL;
  }

  /** Says what happened without any text that may quote a payload. */
  private static String reason(Throwable error) {
    String name = error.getClass().getSimpleName();
    if (error instanceof MongoServerException answer) {
      return name + ": " + ErrorCode.describe(answer.getCode());
    }
    if (error instanceof MongoSecurityException
        && error.getCause() instanceof MongoCommandException answer) {
      return name + ": " + ErrorCode.describe(answer.getErrorCode());
    }
    if (error instanceof MongoFailure known) {
      return String.valueOf(known.getMessage());
    }
    if (error instanceof BSONException || quotesServer(error)) {
      return name;
    }
    return name + ": " + error.getMessage();
  }

  /** The exception itself where nothing in it can quote a payload, or else one in its place. */
  private static Throwable tellable(Throwable error, String reason) {
    return quotesServer(error) || error instanceof BSONException
        ? new MongoFailure(reason, error.getStackTrace())
        : error;
  }

  private static boolean quotesServer(Throwable error) {
    return has(error, MongoServerException.class);
  }

  private static boolean has(Throwable error, Class<? extends Throwable> type) {
    @Nullable Throwable cause = error;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (type.isInstance(cause)) {
        return true;
      }
      for (Throwable suppressed : cause.getSuppressed()) {
        if (type.isInstance(suppressed)) {
          return true;
        }
      }
      cause = cause.getCause();
    }
    return false;
  }
}
