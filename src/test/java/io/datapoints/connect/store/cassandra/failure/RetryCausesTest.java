package io.datapoints.connect.store.cassandra.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.StoreException;
import java.net.ConnectException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** For which cause an attempt counts as made again. */
class RetryCausesTest {

  @Test
  void everyClassThatTimeCuresHasACauseAndNoOther() {
    Set<Class<? extends Throwable>> cured =
        FailureTable.BY_CLASS.entrySet().stream()
            .filter(each -> each.getValue() == Verdict.UNAVAILABLE)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    assertThat(RetryCauses.BY_CLASS.keySet()).isEqualTo(cured);
    assertThat(RetryCauses.BY_CLASS.values()).doesNotContain(Cause.OTHER);
  }

  @Test
  void causesAreFoundInWrappersAndSubclassesAndBehindNodes() {
    assertThat(RetryCauses.of(new CompletionException(new DriverTimeoutException("late"))))
        .isEqualTo(Cause.TIMEOUT);
    assertThat(RetryCauses.of(new ConnectException("refused"))).isEqualTo(Cause.CONNECTION);
    assertThat(RetryCauses.of(new NoNodeAvailableException())).isEqualTo(Cause.CONNECTION);
    assertThat(RetryCauses.of(new InvalidQueryException(null, "no"))).isEqualTo(Cause.OTHER);
  }

  @Test
  void textsOfTheServerTellWhatItsClassDoesNot() {
    assertThat(
            RetryCauses.of(new InvalidQueryException(null, "disk usage exceeds failure threshold")))
        .isEqualTo(Cause.DISK_FULL);
    assertThat(
            RetryCauses.of(
                new UnauthorizedException(null, "Unable to perform authorization of permissions")))
        .isEqualTo(Cause.SERVER);
  }

  @Test
  void anOutcomeHasItsCause() {
    Outcome outcome =
        FailureClassifier.ofWrite(
                new UnavailableException(null, ConsistencyLevel.ONE, 1, 0),
                () -> CompletableFuture.completedFuture(Optional.empty()))
            .toCompletableFuture()
            .join();
    assertThat(((Outcome.Unavailable) outcome).cause()).isEqualTo(Cause.REPLICAS);
    assertThat(
            ((Outcome.Unavailable) StoreException.retry(Cause.SCHEMA, "for a table").outcome())
                .cause())
        .isEqualTo(Cause.SCHEMA);
  }
}
