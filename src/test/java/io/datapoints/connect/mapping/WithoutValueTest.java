package io.datapoints.connect.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.mapping.parser.MappingParser;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a record without a value is written or deletes. */
class WithoutValueTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id=key.id, name=key.name",
        "id=key.id, name=header.name",
        "id=key.id, name=lower(key.name)",
        "id=key.id, name=key.name, at=now(), kind='user', offset=offset",
      })
  void columnsOfTheKeyAndOfHeadersAreWritten(String mapping) {
    assertThat(writes(mapping, null, 1, "n", "filled", "filled", "filled")).isTrue();
    for (Object nothing : Arrays.asList(null, MappedRecord.NULL, MappedRecord.MISSING)) {
      assertThat(writes(mapping, null, 1, nothing, "filled", "filled", "filled")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id=key.id, name=value.name",
        "id=key.id, name=coalesce(key.name, value.name)",
        "id=key.id, name='none'",
        "id=key.id, name=now()",
        "id=key.id, name=topic",
        "id=key.id, __ttl=header.ttl",
        "id=key.id, name=header.name, other=value.other",
        "id=key.id, name=header.name, * = value",
      })
  void anyOtherDeletes(String mapping) {
    assertThat(writes(mapping, null, 1, "filled", "filled")).isFalse();
  }

  @Test
  void theFieldsOfAWholeKeyAreWritten() {
    String mapping = "* = key, at=timestamp";
    assertThat(writes(mapping, Map.of("id", 1, "name", "n"), "filled")).isTrue();
    assertThat(writes(mapping, Map.of("id", 1), "filled")).isFalse();
    assertThat(writes(mapping, Collections.singletonMap("name", null), "filled")).isFalse();
    assertThat(writes(mapping, null, "filled")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id=value.id | id",
        "id=required(lower(value.id)) | id",
        "id=coalesce(value.a, value.b) | id",
        "* = value | id",
        "* = ejson(value) | id",
        "id=hash(value.id, 4), * = key | id",
      })
  void aKeyOfTheValueAloneIsNeverFilled(String mapping, String field) {
    assertThat(WithoutValue.neverFilled(MappingParser.parse(mapping), List.of("id")))
        .containsExactly(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id=key",
        "id=text(key.id)",
        "id=header.id",
        "id=offset",
        "id=uuid()",
        "id='one'",
        "id=coalesce(key.id, value.id)",
        "* = key",
      })
  void aKeyOfAnythingElseMayBeFilled(String mapping) {
    assertThat(WithoutValue.neverFilled(MappingParser.parse(mapping), List.of("id"))).isEmpty();
  }

  private static boolean writes(
      String mapping, @Nullable Map<String, @Nullable Object> rest, @Nullable Object... values) {
    return new WithoutValue(MappingParser.parse(mapping), Set.of("id"))
        .writes(new MappedRecord("t", 0, values, rest, true, new RecordOrigin("t", 0, 0, 0)));
  }
}
