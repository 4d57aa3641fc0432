package io.datapoints.connect.store.mongodb.failure;

import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoSocketWriteTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.spi.dns.DnsException;
import io.datapoints.connect.store.Cause;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The cause, for metrics, of an exception that ended a whole attempt and that time cures. */
final class RetryCauses {

  private RetryCauses() {}

  static Cause of(@Nullable Throwable error) {
    if (error instanceof MongoException failure) {
      return ofDriver(failure);
    }
    return error instanceof IOException ? Cause.CONNECTION : Cause.OTHER;
  }

  private static Cause ofDriver(MongoException error) {
    if (error.hasErrorLabel(MongoException.SYSTEM_OVERLOADED_ERROR_LABEL)) {
      return Cause.OVERLOAD;
    }
    if (error instanceof MongoSecurityException) {
      return of(error.getCause());
    }
    if (error instanceof MongoOperationTimeoutException
        || error instanceof MongoSocketReadTimeoutException
        || error instanceof MongoSocketWriteTimeoutException) {
      return Cause.TIMEOUT;
    }
    // The other timeouts are those of waiting for a member, or for a connection to it.
    if (error instanceof MongoTimeoutException
        || error instanceof MongoSocketException
        || error instanceof MongoConnectionPoolClearedException
        || error instanceof MongoServerUnavailableException
        || error.getCause() instanceof DnsException) {
      return Cause.CONNECTION;
    }
    return error instanceof MongoInterruptedException
        ? Cause.OTHER
        : ErrorCode.cause(error.getCode());
  }
}
