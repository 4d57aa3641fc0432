package io.datapoints.connect.kairosdb.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kairosdb.Awkward;
import io.datapoints.connect.model.TtlLimits;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TtlPolicyTest {

  private static final int WIDTH = 1_814_400;
  private static final long CAP = TtlLimits.LAST_EXPIRY_EPOCH_SECONDS;
  private static final long NOW = 1_700_000_000_000L;
  private static final long NOW_SECONDS = NOW / 1000;

  private final TtlPolicy plain = new TtlPolicy(0, false, false, WIDTH, CAP);
  private final TtlPolicy withDefault = new TtlPolicy(500, false, false, WIDTH, CAP);
  private final TtlPolicy forced = new TtlPolicy(500, true, false, WIDTH, CAP);
  private final TtlPolicy aligned = new TtlPolicy(0, false, true, WIDTH, CAP);

  @Test
  void aPointLivesAsLongAsItAsksOrElseByDefault() {
    assertThat(plain.pointTtl(0, NOW, NOW)).isZero();
    assertThat(plain.pointTtl(70, NOW, NOW)).isEqualTo(70);
    assertThat(withDefault.pointTtl(0, NOW, NOW)).isEqualTo(500);
    assertThat(withDefault.pointTtl(70, NOW, NOW)).isEqualTo(70);
  }

  @Test
  void aForcedDefaultReplacesWhatPointsAskFor() {
    assertThat(forced.pointTtl(70, NOW, NOW)).isEqualTo(500);
    assertThat(forced.pointTtl(-5, NOW, NOW)).isEqualTo(500);
    assertThat(new TtlPolicy(0, true, false, WIDTH, CAP).pointTtl(70, NOW, NOW)).isZero();
  }

  @Test
  void aDefaultThatEndsAfterTheServersLastSecondIsCutInsteadOfRefusingEveryPoint() {
    TtlPolicy century = new TtlPolicy(TtlLimits.MAX_SECONDS, false, false, WIDTH, CAP);
    int ttl = century.pointTtl(0, NOW, NOW);
    assertThat(century.violation(ttl, NOW)).isEmpty();
    assertThat(NOW_SECONDS + ttl).isGreaterThan(TtlLimits.LAST_EXPIRY_EPOCH_SECONDS - 7_200);
    int asked = century.pointTtl(TtlLimits.MAX_SECONDS, NOW, NOW);
    assertThat(century.violation(asked, NOW)).isPresent();
  }

  @Test
  void anAlignedTtlCountsFromTheTimestamp() {
    assertThat(aligned.pointTtl(100, NOW - 30_000, NOW)).isEqualTo(70);
    assertThat(aligned.pointTtl(100, NOW - 99_999, NOW)).isEqualTo(1);
    assertThat(aligned.pointTtl(100, NOW - 100_000, NOW)).isEqualTo(TtlPolicy.EXPIRED);
    assertThat(aligned.pointTtl(100, NOW + 30_000, NOW)).isEqualTo(130);
    assertThat(plain.pointTtl(100, NOW - 100_000, NOW)).isEqualTo(100);
  }

  @Test
  void alignmentKeepsPointsWithoutATtlForEver() {
    assertThat(aligned.pointTtl(0, NOW - 30_000, NOW)).isZero();
    assertThat(aligned.pointTtl(0, NOW + 30_000, NOW)).isZero();
  }

  @Test
  void alignmentDoesNotOverflowAtTheEndsOfTime() {
    assertThat(aligned.pointTtl(100, Long.MIN_VALUE, NOW)).isEqualTo(TtlPolicy.EXPIRED);
    assertThat(aligned.pointTtl(100, Long.MAX_VALUE, NOW)).isEqualTo(Integer.MAX_VALUE);
    assertThat(aligned.violation(Integer.MAX_VALUE, NOW)).isPresent();
  }

  @Test
  void aNegativeTtlIsAViolationAndNotAnExpiry() {
    for (int requested : new int[] {-1, -2, -3, Integer.MIN_VALUE}) {
      int ttl = plain.pointTtl(requested, NOW, NOW);
      assertThat(ttl).isNotEqualTo(TtlPolicy.EXPIRED);
      assertThat(plain.violation(ttl, NOW)).hasValueSatisfying(r -> assertThat(r).contains("ttl"));
      assertThat(aligned.pointTtl(requested, NOW, NOW)).isEqualTo(TtlPolicy.NEGATIVE);
    }
  }

  @Test
  void whatCassandraCannotStoreIsAViolation() {
    long early = 1_000_000_000_000L;

    assertThat(plain.violation(0, NOW)).isEmpty();
    assertThat(plain.violation(1, NOW)).isEmpty();
    assertThat(plain.violation(630_720_000, early)).isEmpty();
    assertThat(plain.violation(630_720_001, early)).isPresent();
  }

  @Test
  void anExpiryAfterTheServersLastSecondIsAViolation() {
    int untilMax = (int) (TtlLimits.LAST_EXPIRY_EPOCH_SECONDS - NOW_SECONDS);

    assertThat(Instant.ofEpochSecond(TtlLimits.LAST_EXPIRY_EPOCH_SECONDS))
        .isEqualTo("2038-01-19T03:14:06Z");
    assertThat(plain.violation(untilMax, NOW)).isEmpty();
    assertThat(plain.violation(untilMax + 1, NOW)).isPresent();
  }

  @Test
  void aClusterThatGoesOnTo2106StoresWhatLiesBeyond2038() {
    TtlPolicy late =
        new TtlPolicy(
            TtlLimits.MAX_SECONDS, false, false, WIDTH, TtlLimits.LAST_EXPIRY_OF_MODE_NONE);
    assertThat(Instant.ofEpochSecond(TtlLimits.LAST_EXPIRY_OF_MODE_NONE))
        .isEqualTo("2106-02-07T06:28:13Z");
    assertThat(late.pointTtl(0, NOW, NOW)).isEqualTo(TtlLimits.MAX_SECONDS);
    assertThat(late.violation(TtlLimits.MAX_SECONDS, NOW)).isEmpty();
    assertThat(late.violation(TtlLimits.MAX_SECONDS + 1, NOW)).isPresent();
    int century = TtlLimits.MAX_SECONDS - 2 * WIDTH;
    assertThat(late.cappedRowKeyTtl(century, NOW)).isEqualTo(century + WIDTH);
    long atTheEnd = (TtlLimits.LAST_EXPIRY_OF_MODE_NONE - 100) * 1000;
    assertThat(late.violation(100, atTheEnd)).isEmpty();
    assertThat(late.violation(101, atTheEnd)).isPresent();
  }

  @Test
  void noTtlNeverExpiresHoweverLateItIs() {
    long afterMax = (TtlLimits.LAST_EXPIRY_EPOCH_SECONDS + 1) * 1000;

    assertThat(plain.violation(0, afterMax)).isEmpty();
    assertThat(plain.cappedRowKeyTtl(0, afterMax)).isZero();
  }

  @Test
  void indexEntriesOutliveTheirPointsByARow() {
    assertThat(plain.rowKeyTtl(0)).isZero();
    assertThat(plain.rowKeyTtl(100)).isEqualTo(100 + WIDTH);
    assertThat(plain.rowKeyTtl(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    assertThat(plain.cappedRowKeyTtl(100, NOW)).isEqualTo(100 + WIDTH);
  }

  @Test
  void indexEntriesStayWithinWhatCassandraTakes() {
    long early = 1_000_000_000_000L;
    int untilMax = (int) (TtlLimits.LAST_EXPIRY_EPOCH_SECONDS - NOW_SECONDS);

    assertThat(plain.cappedRowKeyTtl(630_720_000, early)).isEqualTo(630_720_000);
    assertThat(plain.cappedRowKeyTtl(630_720_000 - 10, early)).isEqualTo(630_720_000);
    assertThat(plain.cappedRowKeyTtl(untilMax - 10_000, NOW)).isEqualTo(untilMax - 3600);
    assertThat(plain.cappedRowKeyTtl(untilMax - 10, NOW)).isEqualTo(untilMax - 10);
  }

  @Test
  void indexEntriesAreLegalAndOutlastTheirPointsWheneverTheirPointsAreLegal() {
    for (int seed = 0; seed < 5000; seed++) {
      Awkward awkward = new Awkward(seed);
      long now = awkward.below(Integer.MAX_VALUE) * 1000L;
      int ttl = awkward.below(700_000_000);
      if (plain.violation(ttl, now).isEmpty()) {
        int rowKeyTtl = plain.cappedRowKeyTtl(ttl, now);
        assertThat(rowKeyTtl).as("seed %d", seed).isGreaterThanOrEqualTo(ttl);
        assertThat(plain.violation(rowKeyTtl, now)).as("seed %d", seed).isEmpty();
      }
    }
  }
}
