package io.datapoints.connect.format.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;

/** Messages of OpenTelemetry by their generated classes, with few words. */
final class Messages {

  /** The time of all points, 1700000000123 ms. */
  static final long NANOS = 1_700_000_000_123_456_789L;

  private Messages() {}

  /** A request of one resource and one scope. */
  static ExportMetricsServiceRequest request(Metric... metrics) {
    return request(Resource.getDefaultInstance(), metrics);
  }

  static ExportMetricsServiceRequest request(Resource resource, Metric... metrics) {
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(resource)
                .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(List.of(metrics))))
        .build();
  }

  static Resource resource(KeyValue... attributes) {
    return Resource.newBuilder().addAllAttributes(List.of(attributes)).build();
  }

  static Metric gauge(String name, NumberDataPoint.Builder... points) {
    Gauge.Builder gauge = Gauge.newBuilder();
    for (NumberDataPoint.Builder point : points) {
      gauge.addDataPoints(point);
    }
    return Metric.newBuilder().setName(name).setGauge(gauge).build();
  }

  static Metric histogram(String name, HistogramDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName(name)
        .setHistogram(Histogram.newBuilder().addDataPoints(point))
        .build();
  }

  static Metric exponential(String name, ExponentialHistogramDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName(name)
        .setExponentialHistogram(ExponentialHistogram.newBuilder().addDataPoints(point))
        .build();
  }

  static Metric summary(String name, SummaryDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName(name)
        .setSummary(Summary.newBuilder().addDataPoints(point))
        .build();
  }

  /** A point with a time and a tag. */
  static NumberDataPoint.Builder point() {
    return NumberDataPoint.newBuilder().setTimeUnixNano(NANOS).addAttributes(text("h", "a"));
  }

  static NumberDataPoint.Builder point(double value) {
    return point().setAsDouble(value);
  }

  static NumberDataPoint.Builder point(long value) {
    return point().setAsInt(value);
  }

  static HistogramDataPoint.Builder histogramPoint() {
    return HistogramDataPoint.newBuilder().setTimeUnixNano(NANOS).addAttributes(text("h", "a"));
  }

  static ExponentialHistogramDataPoint.Builder exponentialPoint() {
    return ExponentialHistogramDataPoint.newBuilder()
        .setTimeUnixNano(NANOS)
        .addAttributes(text("h", "a"));
  }

  static ExponentialHistogramDataPoint.Buckets buckets(int offset, long... counts) {
    ExponentialHistogramDataPoint.Buckets.Builder buckets =
        ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(offset);
    for (long count : counts) {
      buckets.addBucketCounts(count);
    }
    return buckets.build();
  }

  static KeyValue text(String key, String value) {
    return pair(key, AnyValue.newBuilder().setStringValue(value));
  }

  static KeyValue whole(String key, long value) {
    return pair(key, AnyValue.newBuilder().setIntValue(value));
  }

  static KeyValue pair(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  static AnyValue.Builder any(Object value) {
    AnyValue.Builder any = AnyValue.newBuilder();
    if (value instanceof String text) {
      any.setStringValue(text);
    } else if (value instanceof Boolean truth) {
      any.setBoolValue(truth);
    } else if (value instanceof Long number) {
      any.setIntValue(number);
    } else if (value instanceof Double number) {
      any.setDoubleValue(number);
    } else if (value instanceof byte[] bytes) {
      any.setBytesValue(ByteString.copyFrom(bytes));
    }
    return any;
  }

  static AnyValue.Builder array(AnyValue.Builder... values) {
    ArrayValue.Builder array = ArrayValue.newBuilder();
    for (AnyValue.Builder value : values) {
      array.addValues(value);
    }
    return AnyValue.newBuilder().setArrayValue(array);
  }

  static AnyValue.Builder map(KeyValue... pairs) {
    return AnyValue.newBuilder()
        .setKvlistValue(KeyValueList.newBuilder().addAllValues(List.of(pairs)));
  }
}
