package io.datapoints.connect.store.mongodb.flows;

import static io.datapoints.connect.store.mongodb.TestStores.flow;
import static io.datapoints.connect.store.mongodb.TestStores.operations;
import static io.datapoints.connect.store.mongodb.TestStores.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.UpdateOneModel;
import io.datapoints.connect.model.Conversation;
import io.datapoints.connect.model.Flow;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.mongodb.bulk.BulkKey;
import io.datapoints.connect.store.mongodb.bulk.BulkKeys;
import io.datapoints.connect.store.mongodb.bulk.MongoLayout;
import io.datapoints.connect.store.mongodb.bulk.Operation;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

/** How a flow becomes an operation. */
class FlowLayoutTest {

  private static final int BULKS = 8;

  private final FlowLayout layout = new FlowLayout(new BulkKeys("test.collection", BULKS));

  @Test
  void aFlowIsAnUpsertByItsKeyThatSetsItsValue() {
    UpdateOneModel<?> upsert = upsert(flow("10.0.0.1", "2001:db8::1", 65_535, -1, 0.5));
    assertThat(upsert.getFilter().toBsonDocument().toJson())
        .isEqualTo(
            BsonDocument.parse(
                    """
                    {source_ip: '10.0.0.1', dest_ip: '2001:db8::1', protocol: 'tcp',
                     timestamp: {$date: {$numberLong: '-1'}}, source_port: 65535, dest_port: 443}""")
                .toJson());
    assertThat(upsert.getFilter().toBsonDocument().get("source_port"))
        .isEqualTo(new BsonInt32(65_535));
    assertThat(update(upsert)).isEqualTo(BsonDocument.parse("{$set: {value: 0.5}}"));
    assertThat(upsert.getOptions().isUpsert()).isTrue();
  }

  @Test
  void theFilterHasTheFieldsOfTheIndexInItsOrder() {
    assertThat(upsert(flow("a", "b", 1, 1, 1)).getFilter().toBsonDocument().keySet())
        .containsExactlyElementsOf(FlowLayout.key().keySet());
  }

  @Test
  void aRowKnowsHowManyBytesItAdds() {
    for (Flow flow : List.of(flow("a", "b", 1, 1, 1), flow("fe80::1%eth0", "ö😀", 2, 2, 2))) {
      UpdateOneModel<?> upsert = upsert(flow);
      // q, u and upsert: true, within a document.
      int sent = 4 + 3 + 3 + 9 + 1;
      sent += ((RawBsonDocument) upsert.getFilter()).getByteLength();
      sent += update(upsert).getByteLength();
      assertThat(row(layout.plan(flow)).bytes()).isEqualTo(sent);
    }
  }

  @Test
  void rowsAreEqualExactlyWhenTheirKeysAre() {
    List<Flow> flows = new ArrayList<>();
    // Aa and BB have the same hash.
    for (String source : List.of("Aa", "BB")) {
      for (String dest : List.of("Aa", "BB")) {
        for (String protocol : List.of("Aa", "BB")) {
          for (int port = 1; port <= 2; port++) {
            flows.add(keyed(source, dest, protocol, port, 3, 10));
            flows.add(keyed(source, dest, protocol, 3, port, 10));
            flows.add(keyed(source, dest, protocol, 3, 4, port));
          }
        }
      }
    }
    List<Row> rows = flows.stream().map(flow -> row(layout.plan(flow))).toList();
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.size(); j++) {
        int order = rows.get(i).compareClusteringKey(rows.get(j));
        assertThat(order == 0).isEqualTo(i == j);
        assertThat(Integer.signum(order))
            .isEqualTo(-Integer.signum(rows.get(j).compareClusteringKey(rows.get(i))));
      }
    }
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(Row::compareClusteringKey);
    for (int i = 0; i < sorted.size(); i++) {
      for (int j = i + 1; j < sorted.size(); j++) {
        assertThat(sorted.get(i).compareClusteringKey(sorted.get(j))).isNegative();
      }
    }
  }

  @Test
  void theLastOfOneKeyTakesTheSameLaneAndComparesAsEqual() {
    Row first = row(layout.plan(flow("a", "b", 1, 1, 1)));
    Row last = row(layout.plan(flow("a", "b", 1, 1, 2)));
    assertThat(last.partition()).isSameAs(first.partition());
    assertThat(last.compareClusteringKey(first)).isZero();
  }

  @Test
  void theFlowsOfOneConversationSpreadOverAllLanes() {
    int[] bulks = new int[BULKS];
    for (int i = 0; i < 8_000; i++) {
      bulks[((BulkKey) row(layout.plan(flow("a", "b", 1, 1_000L * i, 1))).partition()).number()]++;
    }
    for (int count : bulks) {
      assertThat(count).isBetween(800, 1_200);
    }
  }

  @Test
  void onlyTheRowsAskedForBecomeOperations() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rows.add(row(layout.plan(flow("a", "b", 1, i, i))));
    }
    List<Operation> operations = operations(layout, rows, 2, 4);
    assertThat(operations).extracting(Operation::firstRow).containsExactly(2, 3);
    assertThat(operations).extracting(Operation::rows).containsOnly(1);
  }

  @Test
  void halfOfASurrogatePairIsRejected() {
    Plan plan = layout.plan(keyed("a", "b", "tcp\uD800", 1, 1, 1));
    assertThat(((Plan.Rejected) plan).reason()).contains("protocol is not valid Unicode");
  }

  @Test
  void whatIsLargerThanADocumentIsRejected() {
    int most = MongoLayout.MAX_DOCUMENT_BYTES - 132 - 2;
    assertThat(layout.plan(keyed("a", "b", "p".repeat(most), 1, 1, 1))).isInstanceOf(Row.class);
    Plan plan = layout.plan(keyed("a", "b", "p".repeat(most + 1), 1, 1, 1));
    assertThat(((Plan.Rejected) plan).reason())
        .isEqualTo(
            "source_ip, dest_ip and protocol make a document of 16760833 bytes; at most 16760832"
                + " are possible.");
  }

  private static Flow keyed(
      String source, String dest, String protocol, int sourcePort, int destPort, long timestamp) {
    return new Flow(
        new Conversation(source, dest, protocol),
        sourcePort,
        destPort,
        timestamp,
        1,
        new RecordOrigin("topic", 0, 0, 0));
  }

  private UpdateOneModel<?> upsert(Flow flow) {
    List<Operation> operations = operations(layout, List.of(row(layout.plan(flow))), 0, 1);
    assertThat(operations).hasSize(1);
    return (UpdateOneModel<?>) operations.get(0).model();
  }

  private static RawBsonDocument update(UpdateOneModel<?> upsert) {
    if (upsert.getUpdate() instanceof RawBsonDocument update) {
      return update;
    }
    throw new AssertionError("not encoded");
  }
}
