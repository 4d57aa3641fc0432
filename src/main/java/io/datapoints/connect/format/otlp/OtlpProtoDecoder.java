package io.datapoints.connect.format.otlp;

import io.datapoints.connect.config.format.OtlpConfig;
import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.io.IOException;

/**
 * Decodes OpenTelemetry's metrics from Protobuf, be it the request of an exporter or the data of a
 * file: both are a list of resources. Of a damaged list the resources before the damage are read.
 * Used by one thread.
 */
public final class OtlpProtoDecoder implements FormatDecoder {

  static final int RESOURCE_METRICS = 1 << 3 | MessageReader.LENGTH;

  private final OtlpConfig settings;
  private final PointFeed feed;
  private final Texts texts = Texts.create();
  private final KnownFaults noFaults = new KnownFaults();

  public OtlpProtoDecoder(OtlpConfig settings, PointFeed feed) {
    this.settings = settings;
    this.feed = feed;
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    Positions positions = new Positions();
    MetricsReader reader =
        new MetricsReader(length, settings, texts, positions, noFaults, feed, origin, sink);
    MessageReader in = new MessageReader(bytes, offset, length);
    try {
      for (int tag = in.next(); tag != 0; tag = in.next()) {
        if (tag == RESOURCE_METRICS) {
          reader.resource(in.message());
        } else {
          in.skip(tag);
        }
      }
    } catch (IOException damaged) {
      sink.reject(
          Rule.SHAPE,
          "The message is not OTLP metrics, or damaged or truncated, behind "
              + positions.resources()
              + " resources.");
    }
  }
}
