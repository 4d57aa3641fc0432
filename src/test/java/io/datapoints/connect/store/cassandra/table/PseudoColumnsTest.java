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
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PseudoColumnsTest {

  private static int ttl(TimeUnit unit, long count) {
    MappedTarget.CassandraOptions cassandra =
        new MappedTarget.CassandraOptions(
            null, 0, unit, TimeUnit.MICROSECONDS, null, null, false, null);
    MappedTarget.Options options =
        new MappedTarget.Options(true, true, new Times(TimestampUnit.MS, null), cassandra);
    MappedTarget target =
        new MappedTarget("p.", "ks", "t", MappingParser.parse("__ttl=value.ttl"), options);
    MappedRecord cells =
        new MappedRecord("t", 0, new Object[] {count}, null, false, new RecordOrigin("t", 0, 0, 0));
    return new PseudoColumns(target).ttl(cells, "ks.t");
  }

  @Test
  void aPartOfASecondIsAWholeOne() {
    assertThat(ttl(TimeUnit.MILLISECONDS, 1)).isEqualTo(1);
    assertThat(ttl(TimeUnit.DAYS, 2)).isEqualTo(172_800);
  }

  /** Not for ever, which a number too large for a long would come to. */
  @ParameterizedTest
  @EnumSource
  void aLifeThatIsTooLongIsRejected(TimeUnit unit) {
    assertThatThrownBy(() -> ttl(unit, Long.MAX_VALUE))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("ks.t.__ttl");
  }

  private static long timestamp(String mapping, @Nullable Object time, long recordTime) {
    MappedTarget.CassandraOptions cassandra =
        new MappedTarget.CassandraOptions(
            null, 0, TimeUnit.SECONDS, TimeUnit.MICROSECONDS, "at", null, false, null);
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
