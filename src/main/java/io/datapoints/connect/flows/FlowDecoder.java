package io.datapoints.connect.flows;

import io.datapoints.connect.config.FlowsConfig;
import io.datapoints.connect.config.setting.FieldPath;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.PayloadReader;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Decodes the values of records in the flows layout: one object or an array of them, as JSON in
 * bytes or text, gzip compressed or not, or as the maps, lists and structs that converters make.
 * What cannot be read becomes a reason, never an exception. One instance a task, used on its
 * thread.
 */
public final class FlowDecoder {

  /** What one of the objects is called in a reason. */
  private static final String NOUN = "flow";

  private final PayloadReader payload;

  /**
   * @param settings where the fields stand
   * @param maxInflatedBytes bytes that a gzip value may inflate to at most
   * @param handler takes each object as soon as it is complete, its fields in the rows of {@link
   *     FlowsConfig.Field#row}
   */
  public FlowDecoder(FlowsConfig settings, int maxInflatedBytes, RawFieldsHandler handler) {
    MappedFields fields = new MappedFields(new FieldPaths(paths(settings)), handler);
    this.payload =
        new PayloadReader(
            maxInflatedBytes,
            new JsonFieldsReader(fields, NOUN),
            new ConnectFieldsReader(fields, NOUN));
  }

  private static List<List<String>> paths(FlowsConfig settings) {
    return Stream.of(FlowsConfig.Field.values())
        .map(field -> FieldPath.parse(settings.path(field)))
        .toList();
  }

  /**
   * Decodes one record that has a value; the handler gets its objects and the sink the reasons for
   * what is none.
   */
  public void decode(SinkRecord record, RecordOrigin origin, SampleSink sink) {
    payload.read(record, origin, sink);
  }
}
