package io.datapoints.connect.store.mongodb.documents;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.mongodb.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which mappings can be written to MongoDB. */
class MappingCheckTest {

  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments(orders("id", "__ttl"), "mapping: __ttl is of Cassandra"),
        arguments(orders("id", "__timestamp"), "mapping: __timestamp is of Cassandra"),
        arguments(orders("id", "a.b"), "mapping: a field has a name with a dot"),
        arguments(orders("id", "$a"), "mapping: a field has a name that begins with $"),
        arguments(orders("id", "a/"), "mapping: a field has an empty name"),
        arguments(orders("id", "a", "a/b"), "mapping: a and a.b cannot be written together"),
        arguments(orders("id", "a", "a"), "mapping: a and a cannot be written together"),
        arguments(orders("id", "id/b"), "mapping: id and id.b cannot be written together"),
        arguments(
            orders("id", "b").keyed(), "key: the fields that identify a document are missing"),
        arguments(orders("id").keyed("x"), "key: x is assigned by no entry of the mapping"),
        arguments(orders("id").rest("x").keyed("x"), "key: x is assigned by no entry"),
        arguments(orders("id").rest().keyed("x.y"), "key: x.y is assigned by no entry"),
        arguments(orders("id/b").rest().keyed("id"), "mapping: id and id.b cannot be written"),
        arguments(orders("id").keyed("id", "id"), "key: id is there twice"),
        arguments(orders("id").keyed("id."), "key: a field has an empty name"),
        arguments(orders("_id/a").keyed("_id.a"), "key: _id.a is a part of _id"),
        arguments(orders("+id").keyed("id"), "key: id identifies the document"),
        arguments(orders("id", "v").versioned("v"), "versionField: v is mapped"),
        arguments(orders("id").versioned("v\0"), "versionField: a field has a name with"),
        arguments(orders("id", "v/offset").versioned("v"), "versionField: v.offset is mapped"),
        arguments(orders("id").rest().keyed("v").versioned("v"), "versionField: v is mapped"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aMappingThatNoServerTakesIsNamedByItsSetting(Target target, String rule) {
    assertThatThrownBy(() -> MappingCheck.check(target.mapped()))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("topic.orders.shop.orders." + rule);
  }

  @Test
  void soundMappingsPass() {
    Target target = orders("a/b", "a/c", "ab", "+tags").rest().keyed("a.b", "id");
    assertThatCode(() -> MappingCheck.check(target.mapped())).doesNotThrowAnyException();
  }

  private static Target orders(String... paths) {
    return Target.of("shop", "orders", paths);
  }
}
