package io.datapoints.connect.store.mongodb.failure;

import static io.datapoints.connect.store.mongodb.failure.ErrorCode.Verdict.DECLINED;
import static io.datapoints.connect.store.mongodb.failure.ErrorCode.Verdict.FATAL;
import static io.datapoints.connect.store.mongodb.failure.ErrorCode.Verdict.RACE;
import static io.datapoints.connect.store.mongodb.failure.ErrorCode.Verdict.REFUSED;
import static io.datapoints.connect.store.mongodb.failure.ErrorCode.Verdict.UNAVAILABLE;

import io.datapoints.connect.store.Cause;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The error codes of a MongoDB server (its error_codes.yml) on which something depends, each with
 * the server's name for it and its verdict when it stands at an operation of a bulk.
 */
public enum ErrorCode {
  HOST_UNREACHABLE(6, "HostUnreachable", Cause.CONNECTION),
  HOST_NOT_FOUND(7, "HostNotFound", Cause.CONNECTION),
  LOCK_TIMEOUT(24, "LockTimeout", Cause.CONFLICT),
  LOCK_BUSY(46, "LockBusy", Cause.CONFLICT),
  MAX_TIME_EXPIRED(50, "MaxTimeMSExpired", Cause.TIMEOUT),
  STALE_SHARD_VERSION(63, "StaleShardVersion", Cause.NOT_PRIMARY),
  WRITE_CONCERN_TIMEOUT(64, "WriteConcernTimeout", Cause.WRITE_CONCERN),
  NETWORK_TIMEOUT(89, "NetworkTimeout", Cause.TIMEOUT),
  SHUTDOWN_IN_PROGRESS(91, "ShutdownInProgress", Cause.NOT_PRIMARY),
  UNSATISFIABLE_WRITE_CONCERN(100, "UnsatisfiableWriteConcern", Cause.WRITE_CONCERN),
  WRITE_CONFLICT(112, "WriteConflict", Cause.CONFLICT),
  READ_PREFERENCE(133, "FailedToSatisfyReadPreference", Cause.NOT_PRIMARY),
  STALE_EPOCH(150, "StaleEpoch", Cause.NOT_PRIMARY),
  PRIMARY_STEPPED_DOWN(189, "PrimarySteppedDown", Cause.NOT_PRIMARY),
  EXCEEDED_TIME_LIMIT(262, "ExceededTimeLimit", Cause.TIMEOUT),
  RATE_LIMIT(462, "IngressRequestRateLimitExceeded", Cause.OVERLOAD),
  SOCKET(9001, "SocketException", Cause.CONNECTION),
  NOT_WRITABLE_PRIMARY(10107, "NotWritablePrimary", Cause.NOT_PRIMARY),
  INTERRUPTED_AT_SHUTDOWN(11600, "InterruptedAtShutdown", Cause.NOT_PRIMARY),
  INTERRUPTED(11601, "Interrupted", Cause.SERVER),
  INTERRUPTED_BY_STATE_CHANGE(11602, "InterruptedDueToReplStateChange", Cause.NOT_PRIMARY),
  STALE_CONFIG(13388, "StaleConfig", Cause.NOT_PRIMARY),
  NOT_PRIMARY_NO_SECONDARY_OK(13435, "NotPrimaryNoSecondaryOk", Cause.NOT_PRIMARY),
  NOT_PRIMARY_OR_SECONDARY(13436, "NotPrimaryOrSecondary", Cause.NOT_PRIMARY),
  OUT_OF_DISK_SPACE(14031, "OutOfDiskSpace", Cause.DISK_FULL),

  DUPLICATE_KEY(11000, "DuplicateKey", RACE),

  BAD_VALUE(2, "BadValue", REFUSED),
  FAILED_TO_PARSE(9, "FailedToParse", REFUSED),
  TYPE_MISMATCH(14, "TypeMismatch", REFUSED),
  INVALID_BSON(22, "InvalidBSON", REFUSED),
  PATH_NOT_VIABLE(28, "PathNotViable", REFUSED),
  CONFLICTING_OPERATORS(40, "ConflictingUpdateOperators", REFUSED),
  DOLLAR_PREFIXED_FIELD(52, "DollarPrefixedFieldName", REFUSED),
  INVALID_ID_FIELD(53, "InvalidIdField", REFUSED),
  NOT_SINGLE_VALUE_FIELD(54, "NotSingleValueField", REFUSED),
  INVALID_DBREF(55, "InvalidDBRef", REFUSED),
  EMPTY_FIELD_NAME(56, "EmptyFieldName", REFUSED),
  DOTTED_FIELD_NAME(57, "DottedFieldName", REFUSED),
  IMMUTABLE_FIELD(66, "ImmutableField", REFUSED),
  VALIDATION(121, "DocumentValidationFailure", REFUSED),
  PARALLEL_ARRAYS(171, "CannotIndexParallelArrays", REFUSED),
  CONVERSION(241, "ConversionFailure", REFUSED),
  OBJECT_TOO_LARGE(10334, "BSONObjectTooLarge", REFUSED),
  GEO_KEYS(16755, "Location16755", REFUSED),
  GEO_KEYS_OLD(16756, "Location16756", REFUSED),
  KEY_TOO_LONG(17280, "KeyTooLong", REFUSED),
  RESULT_TOO_LARGE(17419, "Location17419", REFUSED),
  REPLACEMENT_TOO_LARGE(17420, "Location17420", REFUSED),

  USER_NOT_FOUND(11, "UserNotFound", FATAL),
  UNAUTHORIZED(13, "Unauthorized", FATAL),
  AUTHENTICATION_FAILED(18, "AuthenticationFailed", FATAL),
  ILLEGAL_OPERATION(20, "IllegalOperation", FATAL),
  COMMAND_NOT_FOUND(59, "CommandNotFound", FATAL),
  SHARD_KEY_NOT_FOUND(61, "ShardKeyNotFound", FATAL),
  INVALID_OPTIONS(72, "InvalidOptions", FATAL),
  INVALID_NAMESPACE(73, "InvalidNamespace", FATAL),
  INDEX_OPTIONS_CONFLICT(85, "IndexOptionsConflict", FATAL),
  INDEX_KEYS_CONFLICT(86, "IndexKeySpecsConflict", FATAL),
  CANNOT_CREATE_INDEX(67, "CannotCreateIndex", FATAL),
  INDEX_ALREADY_EXISTS(68, "IndexAlreadyExists", FATAL),
  INVALID_INDEX_OPTION(197, "InvalidIndexSpecificationOption", FATAL),
  UNKNOWN_FIELD(40415, "Location40415", FATAL),
  COMMAND_NOT_SUPPORTED(115, "CommandNotSupported", FATAL),
  NOT_SUPPORTED_ON_VIEW(166, "CommandNotSupportedOnView", FATAL),
  DATA_CORRUPTION(301, "DataCorruptionDetected", FATAL),
  ATLAS(8000, "AtlasError", FATAL),
  NAMES_DIFFER_IN_CASE(13297, "DatabaseDifferCase", FATAL);

  private static final String SHARDED =
      ": the collection is sharded, and the fields by which its documents are found have to have"
          + " the whole shard key among them: add its fields to the key of the mapping";

  /** What an error says about what was attempted. */
  public enum Verdict {
    /** It may pass with time. */
    UNAVAILABLE,

    /** Two upserts met over one absent document: the same operation succeeds when tried again. */
    RACE,

    /** The content of the operation is at fault. */
    REFUSED,

    /** It is not known what is at fault; the outcome of other operations tells. */
    DECLINED,

    /** Only an operator can help. */
    FATAL;

    /** Whether the content of one operation may be at fault, so that it has to stand alone. */
    public boolean mayBlameOne() {
      return this == RACE || this == REFUSED || this == DECLINED;
    }
  }

  private static final Map<Integer, ErrorCode> BY_NUMBER =
      Arrays.stream(values()).collect(Collectors.toMap(ErrorCode::number, Function.identity()));

  private static final Set<ErrorCode> OF_DEPLOYMENT =
      EnumSet.of(
          USER_NOT_FOUND,
          UNAUTHORIZED,
          AUTHENTICATION_FAILED,
          COMMAND_NOT_FOUND,
          UNKNOWN_FIELD,
          DATA_CORRUPTION,
          ATLAS);

  private final int number;
  private final String serverName;
  private final Verdict verdict;
  private final Cause cause;

  ErrorCode(int number, String serverName, Cause cause) {
    this(number, serverName, UNAVAILABLE, cause);
  }

  ErrorCode(int number, String serverName, Verdict verdict) {
    this(number, serverName, verdict, verdict == RACE ? Cause.CONFLICT : Cause.OTHER);
  }

  ErrorCode(int number, String serverName, Verdict verdict, Cause cause) {
    this.number = number;
    this.serverName = serverName;
    this.verdict = verdict;
    this.cause = cause;
  }

  public int number() {
    return number;
  }

  /** Whether anything depends on this code. */
  static boolean isKnown(int number) {
    return BY_NUMBER.containsKey(number);
  }

  /** The verdict on one operation of a bulk. */
  public static Verdict ofOperation(int number) {
    ErrorCode code = BY_NUMBER.get(number);
    return code == null ? DECLINED : code.verdict;
  }

  /**
   * The verdict on a whole command that failed. What would blame the content of one operation is
   * fatal here, since the server then did not understand the command itself, and would refuse it
   * for every record; unless the command was too large.
   */
  static Verdict ofCommand(int number) {
    Verdict verdict = ofOperation(number);
    return switch (verdict) {
      case REFUSED ->
          number == OBJECT_TOO_LARGE.number || number == INVALID_BSON.number ? REFUSED : FATAL;
      case RACE -> UNAVAILABLE;
      case UNAVAILABLE, DECLINED, FATAL -> verdict;
    };
  }

  /**
   * Whether what is wrong with a command that failed for good can be the collection that it was
   * for, or the name; else it is the user, the server or its data, and other collections would fail
   * as well.
   */
  public static boolean mayBlameCollection(int number) {
    ErrorCode code = BY_NUMBER.get(number);
    return code != null && !OF_DEPLOYMENT.contains(code);
  }

  /** Why what got this code has to be attempted again, if it has. */
  static Cause cause(int number) {
    ErrorCode code = BY_NUMBER.get(number);
    return code == null ? Cause.OTHER : code.cause;
  }

  /** The server's name of a code, with its number. */
  public static String describe(int number) {
    ErrorCode code = BY_NUMBER.get(number);
    if (code == null) {
      return "error " + number;
    }
    String name = code.serverName + " (" + number + ")";
    return code == SHARD_KEY_NOT_FOUND ? name + SHARDED : name;
  }
}
