package io.datapoints.connect.store.mongodb.documents;

import static io.datapoints.connect.store.mongodb.Target.cells;
import static io.datapoints.connect.store.mongodb.Target.cellsOf;
import static io.datapoints.connect.store.mongodb.Target.tombstone;
import static io.datapoints.connect.store.mongodb.TestStores.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.bson.ExtendedJson;
import io.datapoints.connect.model.DecimalValue;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.mongodb.MappedDocuments;
import io.datapoints.connect.store.mongodb.Target;
import io.datapoints.connect.store.mongodb.TestStores;
import io.datapoints.connect.store.mongodb.bulk.BulkKey;
import io.datapoints.connect.store.mongodb.bulk.BulkKeys;
import io.datapoints.connect.store.mongodb.bulk.MongoLayout;
import io.datapoints.connect.store.mongodb.bulk.Operation;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How what a mapping took out of records becomes operations. */
class DocumentLayoutTest {

  private static final Target ORDERS = Target.of("shop", "orders", "id", "name", "address/city");

  @Test
  void aRowIsAnUpsertByItsKeyThatSetsEachFieldByItself() {
    UpdateOneModel<?> upsert = upsert(ORDERS, cells(1, "a", "n", "c"));
    assertThat(upsert.getFilter()).isEqualTo(BsonDocument.parse("{id: 'a'}"));
    assertThat(upsert.getUpdate())
        .isEqualTo(BsonDocument.parse("{$set: {name: 'n', 'address.city': 'c'}}"));
    assertThat(upsert.getOptions().isUpsert()).isTrue();
  }

  @Test
  void theKeyMayBeOfSeveralFieldsAtAnyDepthAndOfTheRest() {
    Target target = Target.of("shop", "orders", "a/b", "c").rest("x").keyed("a.b", "id");
    Map<String, @Nullable Object> rest = new LinkedHashMap<>();
    rest.put("id", 7L);
    rest.put("c", "assigned");
    rest.put("a", "assigned");
    rest.put("d", Map.of("e", List.of(1, 2)));
    rest.put("f", null);
    UpdateOneModel<?> upsert = upsert(target, cellsOf(0, 1, rest, "k", "v"));
    assertThat(upsert.getFilter())
        .isEqualTo(BsonDocument.parse("{'a.b': 'k', id: {$numberLong: '7'}}"));
    assertThat(upsert.getUpdate())
        .isEqualTo(BsonDocument.parse("{$set: {c: 'v', d: {e: [1, 2]}}}"));
  }

  @Test
  void aNullLeavesItsFieldAloneUnlessItIsToBeWritten() {
    assertThat(update(ORDERS, cells(1, "a", null, "c")))
        .isEqualTo(BsonDocument.parse("{$set: {'address.city': 'c'}}"));
    assertThat(update(ORDERS, cells(1, "a", MappedRecord.NULL, "c")))
        .isEqualTo(BsonDocument.parse("{$set: {name: null, 'address.city': 'c'}}"));
    assertThat(update(ORDERS.nulls(), cells(1, "a", null, "c")))
        .isEqualTo(BsonDocument.parse("{$set: {name: null, 'address.city': 'c'}}"));
    assertThat(
            update(
                Target.of("shop", "orders", "id").rest().nulls(),
                cellsOf(0, 1, Collections.singletonMap("x", null), "a")))
        .isEqualTo(BsonDocument.parse("{$set: {x: null}}"));
  }

  @Test
  void whatIsMissingLeavesItsFieldAloneWhateverANullDoes() {
    for (Target target : List.of(ORDERS, ORDERS.nulls())) {
      assertThat(update(target, cells(1, "a", MappedRecord.MISSING, "c")))
          .isEqualTo(BsonDocument.parse("{$set: {'address.city': 'c'}}"));
    }
  }

  /** As from a record with other fields, or from the event of a deletion. */
  @Test
  void aRecordWithNothingForADocumentMakesNone() {
    Target rest = Target.of("shop", "orders", "id", "name").rest();
    for (Plan plan :
        List.of(
            layout(ORDERS).plan(cells(1, "a", MappedRecord.MISSING, MappedRecord.MISSING)),
            layout(ORDERS.nulls()).plan(cells(1, "a", MappedRecord.MISSING, MappedRecord.MISSING)),
            layout(ORDERS).plan(cells(1, "a", null, MappedRecord.MISSING)),
            layout(rest).plan(cells(1, "a", MappedRecord.MISSING)))) {
      assertThat(plan).isEqualTo(Plan.Nothing.NOTHING);
    }
  }

  @Test
  void everyFieldThatDoesNotFitIsNamed() {
    Target target = Target.of("shop", "orders", "id", "name", "+tags").rest();
    Map<String, @Nullable Object> rest = new LinkedHashMap<>();
    rest.put("$a", 1);
    rest.put("b", "\uD800");
    assertThat(reason(target, cellsOf(0, 1, rest, null, "\uD800", 5)))
        .isEqualTo(
            "shop.orders: key field id has no value. field name is not valid Unicode: it has half"
                + " of a surrogate pair. field 0 of * has a name that begins with $. field 1 of *"
                + " is not valid Unicode: it has half of a surrogate pair. field tags is neither a"
                + " list nor an object, which += needs.");
    Map<String, @Nullable Object> many = new LinkedHashMap<>();
    IntStream.range(0, 100_000).forEach(i -> many.put("$" + i, i));
    assertThat(reason(target, cellsOf(0, 1, many, "a", "n", null))).hasSizeLessThan(2_000);
  }

  @Test
  void whatSetsNothingMakesTheDocumentBeThere() {
    BsonDocument there = BsonDocument.parse("{$setOnInsert: {id: 'a'}}");
    assertThat(update(Target.of("shop", "orders", "id"), cells(1, "a"))).isEqualTo(there);
    Target rest = Target.of("shop", "orders", "id", "name").rest();
    assertThat(update(rest, cellsOf(0, 1, Map.of(), "a", null))).isEqualTo(there);
    Target adds = Target.of("shop", "orders", "id", "+tags").withoutDeletes();
    assertThat(update(adds, cells(1, "a", List.of()))).isEqualTo(there);
  }

  @Test
  void listsAreAddedAsSetsAndObjectsFieldByField() {
    Target target = Target.of("shop", "orders", "id", "+tags", "+by/day", "name");
    Map<String, @Nullable Object> days = new LinkedHashMap<>();
    days.put("mo", 1);
    days.put("tu", null);
    assertThat(update(target, cells(1, "a", List.of("x", "y"), days, "n")))
        .isEqualTo(
            BsonDocument.parse(
                "{$set: {name: 'n', 'by.day.mo': 1}, $addToSet: {tags: {$each: ['x', 'y']}}}"));
    assertThat(reason(target, cells(1, "a", 1, null, null)))
        .isEqualTo("shop.orders: field tags is neither a list nor an object, which += needs.");
    assertThat(reason(target, cells(1, "a", null, Map.of("a.b", 1), null)))
        .isEqualTo("shop.orders: field by.day field 0 has a name with a dot.");
  }

  @Test
  void aRecordWithoutAValueDeletesAndOneWithNothingButNullsDoesNot() {
    assertThat(model(ORDERS, tombstone(1, "a", null, null))).isInstanceOf(DeleteOneModel.class);
    // Others may have set more fields than a mapping knows of.
    assertThat(model(ORDERS, cells(1, "a", null, MappedRecord.NULL)))
        .isNotInstanceOf(DeleteOneModel.class);
    assertThat(((DeleteOneModel<?>) model(ORDERS, tombstone(1, "a", null, null))).getFilter())
        .isEqualTo(BsonDocument.parse("{id: 'a'}"));
    assertThat(layout(ORDERS.withoutDeletes()).plan(tombstone(1, "a", null, null)))
        .isEqualTo(Plan.Nothing.NOTHING);
  }

  @Test
  void aRecordWithoutAValueEndsItsOwnFieldsWhereOthersWriteTheDocumentToo() {
    Target target = Target.of("shop", "orders", "id", "name", "address/city", "+tags");
    DocumentLayout layout = MappedDocuments.shared(target, Target.of("shop", "orders", "id"));
    List<Row> rows =
        List.of(
            row(layout.plan(cells(1, "a", "n", "c", List.of("t")))),
            row(layout.plan(tombstone(2, "a", null, null, null))));
    List<Operation> operations = TestStores.operations(layout, rows, 0, 2);
    assertThat(operations).as("without the first there may be no document").hasSize(2);
    UpdateOneModel<?> update = (UpdateOneModel<?>) operations.get(1).model();
    assertThat(update.getUpdate())
        .isEqualTo(BsonDocument.parse("{$unset: {name: true, 'address.city': true, tags: true}}"));
    assertThat(update.getOptions().isUpsert()).isFalse();

    Row again = row(layout.plan(cells(3, "a", "n", "c", null)));
    assertThat(TestStores.operations(layout, List.of(rows.get(1), again), 0, 2)).hasSize(2);
    MappedRecord nothingOfItsOwn =
        new MappedRecord("orders", 1, new Object[] {"a"}, null, true, Target.origin(4));
    assertThat(layout.plan(nothingOfItsOwn)).isEqualTo(Plan.Nothing.NOTHING);
  }

  @Test
  void aKeyWithoutAValueIsRejected() {
    for (Object none : Arrays.asList(null, MappedRecord.NULL)) {
      assertThat(reason(ORDERS, cells(1, none, "n", "c")))
          .isEqualTo("shop.orders: key field id has no value.");
    }
    assertThat(reason(ORDERS, tombstone(1, null, null, null))).contains("key field id");
    assertThat(reason(Target.of("shop", "orders", "n").rest().keyed("id"), cells(1, "a")))
        .contains("key field id has no value");
    assertThat(reason(ORDERS, cells(1, List.of("a"), "n", "c"))).contains("key field id is a list");
  }

  @Test
  void namesOfTheRestThatMongodbWouldTakeForSomethingElseAreRejected() {
    Target target = Target.of("shop", "orders", "id").rest();
    for (String name : List.of("", "$set", "a.b", "a\0", "a\uD800")) {
      Map<String, @Nullable Object> rest = new LinkedHashMap<>();
      rest.put("good", 1);
      rest.put(name, 1);
      assertThat(reason(target, cellsOf(0, 1, rest, "a")))
          .startsWith("shop.orders: field 1 of * has a");
      assertThat(reason(target, cellsOf(0, 1, Map.of("deep", List.of(rest)), "a")))
          .startsWith("shop.orders: field 0 of * element 0 field 1 has a");
    }
  }

  @Test
  void aDocumentThatIsTooLargeIsRejected() {
    int most = MongoLayout.MAX_DOCUMENT_BYTES - 100;
    assertThat(layout(ORDERS).plan(cells(1, "a", "x".repeat(most), null))).isInstanceOf(Row.class);
    for (int length :
        List.of(MongoLayout.MAX_DOCUMENT_BYTES - 10, MongoLayout.MAX_DOCUMENT_BYTES + 1)) {
      assertThat(reason(ORDERS, cells(1, "a", "x".repeat(length), null)))
          .endsWith("makes a document of more than 16760832 bytes.");
    }
    List<String> many = Collections.nCopies(20, "x".repeat(1 << 20));
    assertThat(reason(ORDERS, cells(1, "a", many, null)))
        .startsWith("shop.orders: field name element 16 makes a document");
    // A record of usual size afterwards.
    assertThat(update(ORDERS, cells(1, "a", "n", null)))
        .isEqualTo(BsonDocument.parse("{$set: {name: 'n'}}"));
  }

  @Test
  void aRowKnowsHowManyBytesItAdds() {
    RawBsonDocument filter = (RawBsonDocument) upsert(ORDERS, cells(1, "a", "n", "c")).getFilter();
    RawBsonDocument update = (RawBsonDocument) update(ORDERS, cells(1, "a", "n", "c"));
    assertThat(row(layout(ORDERS).plan(cells(1, "a", "n", "c"))).bytes())
        .isEqualTo(
            MongoLayout.UPSERT_BYTES
                + filter.getByteBuffer().remaining()
                + update.getByteBuffer().remaining());
  }

  @Test
  void oneNumberIsOneKeyWhateverItsType() {
    DocumentLayout layout = layout(ORDERS);
    Row whole = row(layout.plan(cells(1, 5L, "n", "c")));
    for (Object same : List.of(5, (short) 5, 5.0, 5f, new java.math.BigDecimal("5.00"))) {
      Row row = row(layout.plan(cells(1, same, "other", null)));
      assertThat(row.partition()).isSameAs(whole.partition());
      assertThat(row.compareClusteringKey(whole)).isZero();
    }
  }

  /** A decimal of the key is that of documents which other programs wrote. */
  @Test
  void aKeyThatAsksForDecimalsHasThem() {
    MappedTarget target =
        MongoSinkConfig.from(
                Map.of(
                    "layout", "table",
                    "topic.orders.shop.orders.mapping", "id=decimal(key), n=value.n",
                    "topic.orders.shop.orders.decimals", "all",
                    "topic.orders.shop.orders.key", "id"))
            .pipeline()
            .mapping()
            .targets("orders")
            .get(0);
    DocumentPlanner planner =
        new DocumentPlanner(
            target, "shop.orders", new BulkKeys("shop.orders", 8), true, TestStores.CLOCK);
    ValueWriter writer = new ValueWriter();
    DocumentRow row = (DocumentRow) planner.plan(decimals("19.90", 1L), writer);
    DocumentRow same = (DocumentRow) planner.plan(decimals("19.9", 2L), writer);

    assertThat(row.sharesDocument(same)).isTrue();
    UpdateOneModel<?> upsert = (UpdateOneModel<?>) row.model();
    assertThat(((BsonDocument) upsert.getFilter()).get("id"))
        .isEqualTo(new BsonDecimal128(Decimal128.parse("19.9")));
    assertThat(((BsonDocument) Objects.requireNonNull(upsert.getUpdate())).getDocument("$set"))
        .containsEntry("n", new BsonDecimal128(Decimal128.parse("1")));
  }

  /** What the driver reads as extended JSON is what a document gets. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{$oid: '65a1b2c3d4e5f60718293a4b'}",
        "{$date: {$numberLong: '-1'}}",
        "{$date: '2023-11-14T22:13:20.123Z'}",
        "{$numberInt: '-7'}",
        "{$numberLong: '-7'}",
        "{$numberDouble: '-Infinity'}",
        "{$numberDouble: '1e-7'}",
        "{$numberDecimal: '1.50'}",
        "{$numberDecimal: 'NaN'}",
        "{$numberDecimal: '-Infinity'}",
        "{$binary: {base64: 'AQI=', subType: '00'}}",
        "{$binary: {base64: 'AQI=', subType: '80'}}",
        "{$binary: {base64: 'ABEiM0RVZneImaq7zN3u/w==', subType: '03'}}",
        "{$binary: {base64: 'ABEiM0RVZneImaq7zN3u/w==', subType: '04'}}",
        "{$binary: 'AQI=', $type: '05'}",
        "{$uuid: '00112233-4455-6677-8899-aabbccddeeff'}",
        "{$timestamp: {t: 4294967295, i: 2}}",
        "{$regularExpression: {pattern: 'grün', options: 'ix'}}",
        "{$code: 'x()'}",
        "{$symbol: 'grün'}",
        "{$minKey: 1}",
        "{$maxKey: 1}",
        "{$ref: 'users', $id: {$oid: '65a1b2c3d4e5f60718293a4b'}}",
        "[{a: [{$numberInt: '1'}]}, 'text', null]",
      })
  void extendedJsonIsWhatTheDriverReads(String json) throws IOException {
    Object tree =
        new ObjectMapper()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .enable(JsonParser.Feature.ALLOW_SINGLE_QUOTES)
            .enable(JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES)
            .readValue(json, Object.class);
    BsonDocument set =
        update(ORDERS, cells(1, "a", ExtendedJson.of(tree), null)).getDocument("$set");

    assertThat(set.get(set.getFirstKey()))
        .isEqualTo(BsonDocument.parse("{f: " + json + "}").get("f"));
  }

  private static MappedRecord decimals(String id, long n) {
    return cells(n, DecimalValue.of(new BigDecimal(id)), n);
  }

  @Test
  void rowsOfOneDocumentTakeOneLaneInTheOrderOfTheLog() {
    DocumentLayout layout = layout(ORDERS);
    List<Row> rows =
        IntStream.range(0, 50)
            .mapToObj(i -> row(layout.plan(cells(i, "a" + i % 5, i, null))))
            .toList();
    for (int i = 0; i < 50; i++) {
      for (int j = 0; j < 50; j++) {
        int order = rows.get(i).compareClusteringKey(rows.get(j));
        assertThat(order == 0).isEqualTo(i == j);
        assertThat(Integer.signum(order))
            .isEqualTo(-Integer.signum(rows.get(j).compareClusteringKey(rows.get(i))));
        if (i % 5 == j % 5) {
          assertThat(rows.get(i).partition()).isSameAs(rows.get(j).partition());
          assertThat(Integer.signum(order)).isEqualTo(Integer.compare(i, j));
        }
      }
    }
    MappedRecord otherPartition =
        new MappedRecord(
            "orders",
            0,
            new Object[] {"a0", 1, null},
            null,
            false,
            new RecordOrigin("orders", 1, 0, 0));
    assertThat(row(layout.plan(otherPartition)).compareClusteringKey(rows.get(0))).isPositive();
  }

  @Test
  void collectionsDoNotShareLanes() {
    Target archive = Target.of("archive", "orders", "id", "name", "address/city");
    DocumentLayout layout = layout(ORDERS, archive);
    Row one = row(layout.plan(cellsOf(0, 1, null, "a", "n", "c")));
    Row other = row(layout.plan(cellsOf(1, 1, null, "a", "n", "c")));
    assertThat(one.partition()).isNotEqualTo(other.partition());
    assertThat(((BulkKey) other.partition()).collection()).isEqualTo("archive.orders");
  }

  @Test
  void changesThatALaterOneOutdoesAreNotSent() {
    // A thousand rewrites of one document are one operation.
    MappedRecord[] rewrites =
        IntStream.range(0, 1_000)
            .mapToObj(i -> cells(i, "a", "n" + i, "c"))
            .toArray(MappedRecord[]::new);
    List<Operation> operations = operations(rewrites);
    assertThat(operations).hasSize(1);
    assertThat(operations.get(0).rows()).isEqualTo(1_000);
    assertThat(((UpdateOneModel<?>) operations.get(0).model()).getUpdate())
        .isEqualTo(BsonDocument.parse("{$set: {name: 'n999', 'address.city': 'c'}}"));
  }

  @Test
  void changesOfOtherFieldsStandAndOneBetweenKeepsThemApart() {
    assertThat(
            rows(
                cells(1, "a", "n", "c"),
                cells(2, "a", "m", null),
                cells(3, "a", null, "d"),
                cells(4, "a", null, "e")))
        .containsExactly(1, 1, 2);
    // What the third sets, the second does not: both stay until one sets all of it.
    assertThat(rows(cells(1, "a", "n", null), cells(2, "a", null, "c"), cells(3, "a", "m", "d")))
        .containsExactly(3);
    assertThat(
            rows(
                cells(1, "a", "n", "c"),
                tombstone(2, "a", null, null),
                cells(3, "a", "m", null),
                cells(4, "a", "l", null)))
        .containsExactly(2, 2);
    assertThat(rows(cells(1, "a", "n", "c"), cells(2, "b", "n", "c"))).containsExactly(1, 1);
    assertThat(
            operations(cells(1, "a", "n", "c"), cells(2, "a", "m", null), cells(3, "b", "m", "c")))
        .extracting(Operation::document)
        .containsExactly(0, 0, 2);
  }

  @Test
  void anAdditionIsOutdoneOnlyByWhatSetsItsField() {
    DocumentLayout layout =
        layout(
            Target.of("shop", "orders", "id", "+tags"), Target.of("shop", "orders", "id", "tags"));
    Row adds = row(layout.plan(cellsOf(0, 1, null, "a", List.of("x"))));
    Row addsMore = row(layout.plan(cellsOf(0, 2, null, "a", List.of("y"))));
    Row sets = row(layout.plan(cellsOf(1, 3, null, "a", List.of("z"))));
    assertThat(TestStores.operations(layout, List.of(adds, addsMore), 0, 2)).hasSize(2);
    assertThat(TestStores.operations(layout, List.of(adds, addsMore, sets), 0, 3)).hasSize(1);
  }

  @Test
  void aPartOfABatchKnowsWhereItsDocumentBegins() {
    DocumentLayout layout = layout(ORDERS);
    List<Row> rows =
        List.of(
            row(layout.plan(cells(1, "a", "n", "c"))),
            row(layout.plan(cells(2, "b", "n", "c"))),
            row(layout.plan(cells(3, "b", "m", null))),
            row(layout.plan(cells(4, "b", "l", null))));
    assertThat(TestStores.operations(layout, rows, 3, 4))
        .extracting(Operation::document)
        .containsExactly(1);
    assertThat(TestStores.operations(layout, rows, 3, 4))
        .extracting(Operation::firstRow)
        .containsExactly(3);
  }

  private static List<Integer> rows(MappedRecord... cells) {
    return operations(cells).stream().map(Operation::rows).toList();
  }

  private static List<Operation> operations(MappedRecord... cells) {
    DocumentLayout layout = layout(ORDERS);
    List<Row> rows = Arrays.stream(cells).map(each -> row(layout.plan(each))).toList();
    return TestStores.operations(layout, rows, 0, rows.size());
  }

  private static DocumentLayout layout(Target... targets) {
    return MappedDocuments.layout(targets);
  }

  private static String reason(Target target, MappedRecord cells) {
    if (layout(target).plan(cells) instanceof Plan.Rejected rejected) {
      return rejected.reason();
    }
    throw new AssertionError("not rejected");
  }

  private static WriteModel<RawBsonDocument> model(Target target, MappedRecord cells) {
    DocumentLayout layout = layout(target);
    return TestStores.operations(layout, List.of(row(layout.plan(cells))), 0, 1).get(0).model();
  }

  private static UpdateOneModel<?> upsert(Target target, MappedRecord cells) {
    return (UpdateOneModel<?>) model(target, cells);
  }

  private static BsonDocument update(Target target, MappedRecord cells) {
    if (upsert(target, cells).getUpdate() instanceof BsonDocument update) {
      return update;
    }
    throw new AssertionError("not encoded");
  }
}
