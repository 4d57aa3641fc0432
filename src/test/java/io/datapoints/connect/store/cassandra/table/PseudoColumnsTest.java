package io.datapoints.connect.store.cassandra.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import io.datapoints.connect.mapping.parser.MappingParser;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PseudoColumnsTest {

  private static int ttl(TimeUnit unit, Object count) {
    MappedTarget.CassandraOptions cassandra =
        new MappedTarget.CassandraOptions(
            null, 500, unit, TimeUnit.MICROSECONDS, null, null, false, null);
    MappedTarget.Options options =
        new MappedTarget.Options(true, true, new Times(TimestampUnit.MS, null), cassandra);
    MappedTarget target =
        new MappedTarget("p.", "ks", "t", MappingParser.parse("__ttl=value.ttl"), options);
    MappedRecord cells =
        new MappedRecord("t", 0, new Object[] {count}, null, false, new RecordOrigin("t", 0, 0, 0));
    return new PseudoColumns(target).ttl(cells, "ks.t");
  }

  @ParameterizedTest
  @CsvSource({
    "DAYS, 2, 172800",
    "MILLISECONDS, 1, 1",
    "MILLISECONDS, 1999, 1",
    "SECONDS, 90.7, 90",
    "SECONDS, 0.5, 1",
    "NANOSECONDS, 0.5, 1",
    "HOURS, 1.5, 5400",
    "MINUTES, 0.1, 6",
    "SECONDS, 0, 0",
    "SECONDS, -1, 0",
    "SECONDS, -0.5, 0",
    "DAYS, -1e300, 0",
  })
  void aLifeIsInWholeSecondsAndOnlyThatOfNothingEndless(
      TimeUnit unit, BigDecimal count, int seconds) {
    assertThat(ttl(unit, count)).isEqualTo(seconds);
    assertThat(ttl(unit, count.toString())).isEqualTo(seconds);
    assertThat(ttl(unit, count.doubleValue())).isEqualTo(seconds);
    if (count.scale() == 0) {
      assertThat(ttl(unit, count.longValueExact())).isEqualTo(seconds);
    }
  }

  @Test
  void aBlankTextIsNoLifeOfItsOwn() {
    assertThat(ttl(TimeUnit.SECONDS, " ")).isEqualTo(500);
  }

  /** Not for ever, which a number too large for a long would come to. */
  @ParameterizedTest
  @EnumSource
  void aLifeThatIsTooLongIsRejected(TimeUnit unit) {
    for (Object tooLong : new Object[] {Long.MAX_VALUE, 1e300}) {
      assertThatThrownBy(() -> ttl(unit, tooLong))
          .isInstanceOf(InvalidValue.class)
          .hasMessage("ks.t.__ttl (int): must be less than 630720000 seconds");
    }
  }

  private static long timestamp(String mapping, @Nullable Object time, long recordTime) {
    MappedTarget.CassandraOptions cassandra =
        new MappedTarget.CassandraOptions(
            null, -1, TimeUnit.SECONDS, TimeUnit.MICROSECONDS, "at", null, false, null);
    MappedTarget.Options options =
        new MappedTarget.Options(true, true, new Times(TimestampUnit.MS, null), cassandra);
    MappedTarget target = new MappedTarget("p.", "ks", "t", MappingParser.parse(mapping), options);
    MappedRecord cells =
        new MappedRecord(
            "t", 0, new Object[] {time}, null, false, new RecordOrigin("t", 0, 7, recordTime));
    return new PseudoColumns(target).timestamp(cells, 2_000_000, "ks.t");
  }

  @Test
  void aRecordWithoutATimestampIsWrittenWithThatOfItsColumn() {
    long none = RecordOrigin.NO_TIMESTAMP;
    assertThat(timestamp("at=value.at", Instant.ofEpochMilli(1_000_500), none))
        .isEqualTo(1_000_000_007);
    assertThat(timestamp("at=value.at", 1_000_500L, none)).isEqualTo(1_000_000_007);
    assertThat(timestamp("at=value.at", 1_000_500L, 1_600_000)).isEqualTo(1_600_000_007);
    assertThat(timestamp("at=value.at", null, none)).isEqualTo(2_000_000_007);
  }
}
