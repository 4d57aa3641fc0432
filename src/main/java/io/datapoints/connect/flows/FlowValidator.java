package io.datapoints.connect.flows;

import io.datapoints.connect.config.FlowsConfig;
import io.datapoints.connect.config.FlowsConfig.Field;
import io.datapoints.connect.model.Conversation;
import io.datapoints.connect.model.Flow;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.RawColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies the rules of the flows layout: a flow with all seven fields good is accepted, any other
 * is rejected with a reason for each field that is not. One instance a task, used on its thread.
 */
public final class FlowValidator implements RawFieldsHandler {

  private static final List<Field> FIELDS = List.of(Field.values());

  private static final int SOURCE_PORT = Field.SOURCE_PORT.row();
  private static final int DEST_PORT = Field.DEST_PORT.row();
  private static final int TIMESTAMP = Field.TIMESTAMP.row();
  private static final int VALUE = Field.VALUE.row();

  private final Protocols protocols;
  private final Conversations conversations;
  private final Timestamps timestamps;
  private final List<String> names;

  public FlowValidator(FlowsConfig settings) {
    this.protocols = new Protocols(settings.protocolNames());
    this.conversations = new Conversations(protocols);
    this.timestamps = new Timestamps(settings.timestampUnit());
    this.names = FIELDS.stream().map(field -> name(field, settings.path(field))).toList();
  }

  /** What a reason calls the field: its path in the record, and its column where that differs. */
  private static String name(Field field, String path) {
    return path.equals(field.column()) ? path : path + " (" + field.column() + ")";
  }

  @Override
  public void handle(RawFields fields, RecordOrigin origin, SampleSink sink) {
    RawColumn column = fields.column();
    Conversation conversation = conversations.read(fields);
    int sourcePort = Ports.read(column, SOURCE_PORT);
    int destPort = Ports.read(column, DEST_PORT);
    long timestamp = timestamps.read(column, TIMESTAMP);
    double value = WrittenNumber.real(column, VALUE);
    if (conversation == null
        || sourcePort == Ports.NONE
        || destPort == Ports.NONE
        || timestamp == Timestamps.NONE
        || Double.isNaN(value)) {
      reject(fields, sink);
    } else {
      sink.accept(new Flow(conversation, sourcePort, destPort, timestamp, value, origin));
    }
  }

  private void reject(RawFields fields, SampleSink sink) {
    for (Field field : FIELDS) {
      String problem = problem(field, fields.column());
      if (problem != null) {
        sink.reject(rule(field), () -> place(fields) + names.get(field.row()) + problem);
      }
    }
  }

  private static Rule rule(Field field) {
    return switch (field) {
      case SOURCE_IP, DEST_IP -> Rule.ADDRESS;
      case SOURCE_PORT, DEST_PORT -> Rule.PORT;
      case PROTOCOL -> Rule.PROTOCOL;
      case TIMESTAMP -> Rule.TIMESTAMP;
      case VALUE -> Rule.VALUE;
    };
  }

  private static String place(RawFields fields) {
    return fields.index() == RawFields.ALONE ? "" : "flow[" + fields.index() + "].";
  }

  /** What is wrong with a field, or null when nothing is. */
  private @Nullable String problem(Field field, RawColumn column) {
    int row = field.row();
    if (column.missing(row)) {
      return " is missing or null.";
    }
    return switch (field) {
      case SOURCE_IP, DEST_IP ->
          Conversations.address(column, row) == null ? Conversations.ADDRESS_RULE : null;
      case SOURCE_PORT, DEST_PORT -> Ports.read(column, row) == Ports.NONE ? Ports.RULE : null;
      case PROTOCOL -> protocols.read(column, row) == null ? Protocols.RULE : null;
      case TIMESTAMP ->
          timestamps.read(column, row) == Timestamps.NONE ? timestamps.problem(column, row) : null;
      case VALUE ->
          Double.isNaN(WrittenNumber.real(column, row)) ? " must be a finite number." : null;
    };
  }
}
