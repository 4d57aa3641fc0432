package io.datapoints.connect.store.mongodb.failure;

import com.mongodb.WriteError;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.mongodb.failure.ErrorCode.Verdict;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * The error that a server put to one operation of a bulk. Of its text and details only names are
 * passed on, of indexes, rules and their fields: the rest may quote the document.
 */
public final class OperationError {

  private static final Pattern INDEX = Pattern.compile(" index: ([^\\s:{}\"']{1,128}) dup key");

  /** Deeper is nothing that a server says of itself. */
  private static final int MAX_DEPTH = 12;

  private static final int MAX_NAMES = 8;

  /** Where the server repeats what was sent, and what the rules themselves say. */
  private static final Set<String> PAYLOAD =
      Set.of("consideredValue", "consideredValues", "specifiedAs");

  private OperationError() {}

  /**
   * The outcome of the rows of this operation, which is not tried again at once.
   *
   * @param rows how many they are; the content of one can be at fault, several have to be split
   */
  public static Outcome outcome(WriteError error, int rows) {
    Verdict verdict = ErrorCode.ofOperation(error.getCode());
    String reason = reason(error);
    if (verdict == Verdict.FATAL) {
      return StoreException.fatal(reason).outcome();
    }
    Cause cause = ErrorCode.cause(error.getCode());
    if (!verdict.mayBlameOne() || rows > 1) {
      return StoreException.retry(cause, reason).outcome();
    }
    return verdict == Verdict.DECLINED
        ? new Outcome.Declined(cause, reason)
        : new Outcome.Refused(reason);
  }

  private static String reason(WriteError error) {
    String reason = ErrorCode.describe(error.getCode());
    if (error.getCode() == ErrorCode.DUPLICATE_KEY.number()) {
      Matcher index = INDEX.matcher(String.valueOf(error.getMessage()));
      return reason
          + ": another document has the same key in the unique index"
          + (index.find() ? " " + index.group(1) : "");
    }
    if (error.getCode() == ErrorCode.VALIDATION.number()) {
      Set<String> names = new TreeSet<>();
      collect(error.getDetails(), names, 0);
      return names.isEmpty() ? reason : reason + ": rule " + String.join(", ", names);
    }
    return reason;
  }

  /**
   * The operators of the collection's validator that were broken, and the fields they are about.
   */
  private static void collect(BsonValue details, Set<String> names, int depth) {
    if (depth > MAX_DEPTH || names.size() >= MAX_NAMES) {
      return;
    }
    if (details.isArray()) {
      details.asArray().forEach(element -> collect(element, names, depth + 1));
    } else if (details.isDocument()) {
      BsonDocument document = details.asDocument();
      for (String name : Set.of("operatorName", "propertyName")) {
        if (document.isString(name)) {
          names.add(document.getString(name).getValue());
        }
      }
      document.forEach(
          (name, value) -> {
            if (!PAYLOAD.contains(name)) {
              collect(value, names, depth + 1);
            }
          });
    }
  }
}
