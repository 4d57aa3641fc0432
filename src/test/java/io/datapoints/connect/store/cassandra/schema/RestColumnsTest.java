package io.datapoints.connect.store.cassandra.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RestColumnsTest {

  private final RestColumns columns = new RestColumns(Set.of("id", "Mixed", "one", "ONE"));

  private static MappedRecord record(@Nullable Map<String, @Nullable Object> rest) {
    return new MappedRecord("t", 0, new Object[0], rest, false, new RecordOrigin("t", 0, 0, 0));
  }

  @Test
  void aNameThatDiffersInCaseIsThatOfTheColumn() {
    assertThat(columns.align(record(Map.of("ID", 1, "mixed", 2, "x", 3))).rest())
        .isEqualTo(Map.of("id", 1, "Mixed", 2, "x", 3));
  }

  @Test
  void theColumnsOwnNameComesFirst() {
    MappedRecord record = record(Map.of("ID", 1, "id", 2));
    assertThat(columns.align(record)).isSameAs(record);
  }

  @Test
  void ofSeveralColumnsNoneIsGuessed() {
    MappedRecord record = record(Map.of("One", 1));
    assertThat(columns.align(record)).isSameAs(record);
  }

  @Test
  void twoFieldsForOneColumnAreNotGuessedEither() {
    assertThatThrownBy(() -> columns.align(record(Map.of("ID", 1, "Id", 2))))
        .isInstanceOf(InvalidValue.class)
        .hasMessage("id: two fields of the record have this name but for case");
  }

  @Test
  void aRecordWithoutARestStaysAsItIs() {
    MappedRecord record = record(null);
    assertThat(columns.align(record)).isSameAs(record);
  }
}
