package io.datapoints.connect.store.mongodb.flows;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import io.datapoints.connect.model.Conversation;
import io.datapoints.connect.model.Flow;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.mongodb.bson.BsonBytes;
import io.datapoints.connect.store.mongodb.bson.Field;
import io.datapoints.connect.store.mongodb.bson.Utf8;
import io.datapoints.connect.store.mongodb.bulk.BulkKeys;
import io.datapoints.connect.store.mongodb.bulk.MongoLayout;
import io.datapoints.connect.store.mongodb.bulk.Operation;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.RawBsonDocument;

/**
 * One document a flow: {@code source_ip}, {@code dest_ip} and {@code protocol} as strings, {@code
 * timestamp} as a date, {@code source_port} and {@code dest_port} as 32-bit integers, {@code value}
 * as a double. The first six are its key, under a unique index in this order, which is that of
 * Cassandra's table: equality on the addresses and the protocol, then a range or the latest by
 * time, then the ports.
 *
 * <p>A flow is an upsert by its key that sets the value and nothing else, so that fields which
 * others added stay, and the key travels once.
 */
public final class FlowLayout implements MongoLayout<Flow, FlowRow> {

  /** The field with the date of the flow. */
  public static final String TIME = "timestamp";

  private static final Field SOURCE_IP = Field.named("source_ip");
  private static final Field DEST_IP = Field.named("dest_ip");
  private static final Field PROTOCOL = Field.named("protocol");
  private static final Field TIMESTAMP = Field.named(TIME);
  private static final Field SOURCE_PORT = Field.named("source_port");
  private static final Field DEST_PORT = Field.named("dest_port");
  private static final Field VALUE = Field.named("value");
  private static final Field SET = Field.named("$set");

  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  /** The filter and the update without the three texts. */
  private static final int DOCUMENT_BYTES = 132;

  private final BulkKeys keys;

  public FlowLayout(BulkKeys keys) {
    this.keys = keys;
  }

  /** The unique index. Latest first, as those are asked for most. */
  public static Document key() {
    return new Document("source_ip", 1)
        .append("dest_ip", 1)
        .append("protocol", 1)
        .append(TIME, -1)
        .append("source_port", 1)
        .append("dest_port", 1);
  }

  @Override
  public Plan plan(Flow flow) {
    Conversation conversation = flow.conversation();
    int source = Utf8.length(conversation.sourceIp());
    int dest = Utf8.length(conversation.destIp());
    int protocol = Utf8.length(conversation.protocol());
    if (source == Utf8.INVALID || dest == Utf8.INVALID || protocol == Utf8.INVALID) {
      return new Plan.Rejected(
          "source_ip, dest_ip or protocol is not valid Unicode: it has half of a surrogate pair.");
    }
    long bytes = DOCUMENT_BYTES + (long) source + dest + protocol;
    if (bytes > MAX_DOCUMENT_BYTES) {
      return new Plan.Rejected(
          "source_ip, dest_ip and protocol make a document of "
              + bytes
              + " bytes; at most "
              + MAX_DOCUMENT_BYTES
              + " are possible.");
    }
    return new FlowRow(
        keys.of(hash(flow)),
        conversation,
        flow.sourcePort(),
        flow.destPort(),
        flow.timestamp(),
        flow.value(),
        UPSERT_BYTES + (int) bytes);
  }

  private static long hash(Flow flow) {
    long ports = ((long) flow.sourcePort() << 16) | flow.destPort();
    return (31 * flow.timestamp() + ports) * 31 + flow.conversation().hashCode();
  }

  @Override
  public List<Operation> operations(List<FlowRow> rows, int from, int to) {
    List<Operation> operations = new ArrayList<>(to - from);
    BsonBytes out = new BsonBytes(rows.subList(from, to).stream().mapToInt(FlowRow::bytes).sum());
    for (int i = from; i < to; i++) {
      operations.add(new Operation(upsert(rows.get(i), out), i, 1));
    }
    return operations;
  }

  private static UpdateOneModel<RawBsonDocument> upsert(FlowRow row, BsonBytes out) {
    int filter = out.begin();
    out.text(SOURCE_IP, row.conversation().sourceIp());
    out.text(DEST_IP, row.conversation().destIp());
    out.text(PROTOCOL, row.conversation().protocol());
    out.date(TIMESTAMP, row.timestamp());
    out.int32(SOURCE_PORT, row.sourcePort());
    out.int32(DEST_PORT, row.destPort());
    out.end(filter);
    RawBsonDocument key = out.document(filter);
    int update = out.begin();
    int set = out.begin(SET);
    out.real(VALUE, row.value());
    out.end(set);
    out.end(update);
    return new UpdateOneModel<>(key, out.document(update), UPSERT);
  }
}
