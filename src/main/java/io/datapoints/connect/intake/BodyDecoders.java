package io.datapoints.connect.intake;

import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.config.format.FormatConfig;
import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.format.influx.LineProtocolDecoder;
import io.datapoints.connect.format.opentsdb.OpenTsdbDecoder;
import io.datapoints.connect.format.otlp.OtlpJsonDecoder;
import io.datapoints.connect.format.otlp.OtlpProtoDecoder;
import io.datapoints.connect.format.prometheus.RemoteWriteDecoder;
import io.datapoints.connect.kairosdb.PointFeed;
import java.util.HashMap;
import java.util.Map;

/**
 * The decoders of the formats beside KairosDB's own, which share one memory. Used by one thread.
 */
final class BodyDecoders {

  private final FormatConfig config;
  private final int maxInflatedBytes;
  private final PointFeed feed;
  private final Map<BodyFormat, FormatDecoder> decoders = new HashMap<>();

  /**
   * @param maxInflatedBytes bytes that what a format itself compresses may inflate to
   */
  BodyDecoders(KairosConfig rules, FormatConfig config, int maxInflatedBytes) {
    this.maxInflatedBytes = maxInflatedBytes;
    this.config = config;
    this.feed = new PointFeed(rules, config.defaultTag().name(), config.defaultTag().value());
  }

  FormatDecoder of(BodyFormat format) {
    return decoders.computeIfAbsent(format, this::create);
  }

  private FormatDecoder create(BodyFormat format) {
    if (format instanceof BodyFormat.Lines lines) {
      return new LineProtocolDecoder(config.influx().with(lines.precision()), feed);
    }
    return switch ((BodyFormat.Plain) format) {
      case KAIROSDB -> throw new IllegalArgumentException(format + " has a reader of its own");
      case OPENTSDB -> new OpenTsdbDecoder(feed);
      case REMOTE_WRITE -> new RemoteWriteDecoder(maxInflatedBytes, feed);
      case OTLP_JSON -> new OtlpJsonDecoder(config.otlp(), feed);
      case OTLP_PROTO -> new OtlpProtoDecoder(config.otlp(), feed);
    };
  }
}
