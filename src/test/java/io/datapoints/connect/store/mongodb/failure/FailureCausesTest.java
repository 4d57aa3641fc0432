package io.datapoints.connect.store.mongodb.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoClientException;
import com.mongodb.MongoException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.mongodb.failure.ErrorCode.Verdict;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For which cause an attempt counts as made again. */
class FailureCausesTest {

  private static MongoException coded(int code) {
    return new MongoException(code, "secret");
  }

  @ParameterizedTest
  @CsvSource({
    "189, NOT_PRIMARY",
    "10107, NOT_PRIMARY",
    "11602, NOT_PRIMARY",
    "64, WRITE_CONCERN",
    "100, WRITE_CONCERN",
    "112, CONFLICT",
    "11000, CONFLICT",
    "50, TIMEOUT",
    "462, OVERLOAD",
    "14031, DISK_FULL",
    "6, CONNECTION",
    "424242, OTHER",
  })
  void theServersCodeTellsTheCause(int code, Cause cause) {
    assertThat(Failures.cause(coded(code))).isEqualTo(cause);
  }

  @Test
  void everyKnownCodeThatTimeCuresHasACause() {
    assertThat(
            Arrays.stream(ErrorCode.values())
                .filter(code -> ErrorCode.ofOperation(code.number()) == Verdict.UNAVAILABLE))
        .isNotEmpty()
        .noneMatch(code -> ErrorCode.cause(code.number()) == Cause.OTHER);
  }

  @Test
  void theDriversOwnExceptionsHaveTheirs() {
    MongoException overloaded = coded(424242);
    overloaded.addLabel(MongoException.SYSTEM_OVERLOADED_ERROR_LABEL);
    assertThat(Failures.cause(overloaded)).isEqualTo(Cause.OVERLOAD);
    assertThat(Failures.cause(new MongoTimeoutException("no member"))).isEqualTo(Cause.CONNECTION);
    assertThat(Failures.cause(new MongoOperationTimeoutException("late", coded(50))))
        .isEqualTo(Cause.TIMEOUT);
    MongoException reset =
        new MongoSocketReadException("reset", new ServerAddress(), new IOException());
    assertThat(Failures.cause(reset)).isEqualTo(Cause.CONNECTION);
    assertThat(Failures.cause(new MongoClientException("?"))).isEqualTo(Cause.OTHER);
    assertThat(((Outcome.Unavailable) Failures.of(reset)).cause()).isEqualTo(Cause.CONNECTION);
  }
}
