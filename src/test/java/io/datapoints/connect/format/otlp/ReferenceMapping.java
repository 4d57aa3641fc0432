package io.datapoints.connect.format.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The mapping once more, slow and plain, over the generated classes. All resource attributes are
 * tags, and those of scopes too.
 */
final class ReferenceMapping {

  private static final int MAX_BUCKETS = 20;

  private final List<String> points = new ArrayList<>();
  private int skipped;
  private Map<String, String> shared = Map.of();
  private String metric = "";

  static ReferenceMapping of(ExportMetricsServiceRequest request) {
    ReferenceMapping mapping = new ReferenceMapping();
    request.getResourceMetricsList().forEach(mapping::resource);
    return mapping;
  }

  List<String> points() {
    return points;
  }

  int skipped() {
    return skipped;
  }

  private void resource(ResourceMetrics resource) {
    Map<String, String> tags = tags(resource.getResource().getAttributesList());
    if (tags == null) {
      return;
    }
    for (ScopeMetrics scope : resource.getScopeMetricsList()) {
      shared = new LinkedHashMap<>(tags);
      InstrumentationScope named = scope.getScope();
      put(shared, "otel.scope.name", named.getName());
      put(shared, "otel.scope.version", named.getVersion());
      scope.getMetricsList().forEach(this::metric);
    }
  }

  private static void put(Map<String, String> tags, String name, String value) {
    if (!value.isEmpty()) {
      tags.put(name, value);
    }
  }

  /** Null where a key is there twice. */
  private static @Nullable Map<String, String> tags(List<KeyValue> attributes) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (KeyValue attribute : attributes) {
      String value = text(attribute.getValue());
      if (!attribute.getKey().isEmpty()
          && !value.isEmpty()
          && tags.put(attribute.getKey(), value) != null) {
        return null;
      }
    }
    return tags;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BYTES_VALUE -> base64(value.getBytesValue());
      case VALUE_NOT_SET -> "";
      default -> json(value);
    };
  }

  private static String base64(ByteString bytes) {
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static String json(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> quoted(value.getStringValue());
      case BYTES_VALUE -> quoted(base64(value.getBytesValue()));
      case BOOL_VALUE -> String.valueOf(value.getBoolValue());
      case INT_VALUE -> String.valueOf(value.getIntValue());
      case DOUBLE_VALUE -> number(value.getDoubleValue());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .map(ReferenceMapping::json)
              .collect(Collectors.joining(",", "[", "]"));
      case KVLIST_VALUE ->
          value.getKvlistValue().getValuesList().stream()
              .map(pair -> quoted(pair.getKey()) + ":" + json(pair.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      default -> "null";
    };
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** For numbers whose shortest text is that of Double.toString. */
  private static String number(double number) {
    return new BigDecimal(Double.toString(number + 0.0)).stripTrailingZeros().toPlainString();
  }

  private void metric(Metric data) {
    metric = data.getName();
    if (metric.isEmpty() && data.getDataCase() != Metric.DataCase.DATA_NOT_SET) {
      return;
    }
    switch (data.getDataCase()) {
      case GAUGE -> data.getGauge().getDataPointsList().forEach(this::number);
      case SUM -> data.getSum().getDataPointsList().forEach(this::number);
      case HISTOGRAM -> data.getHistogram().getDataPointsList().forEach(this::histogram);
      case EXPONENTIAL_HISTOGRAM ->
          data.getExponentialHistogram().getDataPointsList().forEach(this::exponential);
      case SUMMARY -> data.getSummary().getDataPointsList().forEach(this::summary);
      default -> skipped++;
    }
  }

  /** A data point, with what it writes. */
  private final class Point {

    private final @Nullable Map<String, String> tags;
    private final BigInteger nanos;

    Point(List<KeyValue> attributes, long nanos) {
      this.nanos = new BigInteger(Long.toUnsignedString(nanos));
      Map<String, String> own = tags(attributes);
      if (own == null) {
        tags = null;
      } else {
        tags = new LinkedHashMap<>(shared);
        tags.putAll(own);
      }
    }

    boolean isTimed() {
      return nanos.signum() > 0;
    }

    void write(String name, Map<String, String> more, Number value) {
      if (tags == null
          || !Double.isFinite(value.doubleValue())
          || more.keySet().stream().anyMatch(tags::containsKey)) {
        return;
      }
      Map<String, String> all = new TreeMap<>(tags);
      all.putAll(more);
      if (all.isEmpty()) {
        all.put("source", "unknown");
      }
      points.add(
          name
              + all.entrySet().stream()
                  .map(tag -> tag.getKey() + "=" + tag.getValue())
                  .collect(Collectors.joining(",", "{", "} "))
              + nanos.divide(BigInteger.valueOf(1_000_000))
              + (value instanceof Long ? " long " : " double ")
              + value);
    }

    void count(String name, Map<String, String> more, long unsigned) {
      if (unsigned < 0) {
        write(name, more, Double.parseDouble(Long.toUnsignedString(unsigned)));
      } else {
        write(name, more, unsigned);
      }
    }
  }

  private boolean isUnrecorded(int flags) {
    boolean unrecorded = flags % 2 != 0;
    skipped += unrecorded ? 1 : 0;
    return unrecorded;
  }

  private void number(NumberDataPoint data) {
    Point point = new Point(data.getAttributesList(), data.getTimeUnixNano());
    if (isUnrecorded(data.getFlags()) || !point.isTimed()) {
      return;
    }
    switch (data.getValueCase()) {
      case AS_INT -> point.write(metric, Map.of(), data.getAsInt());
      case AS_DOUBLE -> point.write(metric, Map.of(), data.getAsDouble());
      default -> skipped++;
    }
  }

  private void histogram(HistogramDataPoint data) {
    Point point = new Point(data.getAttributesList(), data.getTimeUnixNano());
    if (isUnrecorded(data.getFlags()) || !point.isTimed()) {
      return;
    }
    List<Double> bounds = data.getExplicitBoundsList();
    List<Long> counts = data.getBucketCountsList();
    if (counts.size() + bounds.size() > 0 && counts.size() != bounds.size() + 1) {
      return;
    }
    point.count(metric + "_count", Map.of(), data.getCount());
    if (data.hasSum()) {
      point.write(metric + "_sum", Map.of(), data.getSum());
    }
    if (data.hasMin()) {
      point.write(metric + "_min", Map.of(), data.getMin());
    }
    if (data.hasMax()) {
      point.write(metric + "_max", Map.of(), data.getMax());
    }
    for (int i = 0; i < counts.size(); i++) {
      long sum = counts.stream().limit(i + 1L).mapToLong(count -> count).sum();
      String bound = i == bounds.size() ? "+Inf" : number(bounds.get(i));
      point.write(metric + "_bucket", Map.of("le", bound), sum);
    }
  }

  private void exponential(ExponentialHistogramDataPoint data) {
    Point point = new Point(data.getAttributesList(), data.getTimeUnixNano());
    if (isUnrecorded(data.getFlags()) || !point.isTimed()) {
      return;
    }
    point.count(metric + "_count", Map.of(), data.getCount());
    if (data.hasSum()) {
      point.write(metric + "_sum", Map.of(), data.getSum());
    }
    if (data.hasMin()) {
      point.write(metric + "_min", Map.of(), data.getMin());
    }
    if (data.hasMax()) {
      point.write(metric + "_max", Map.of(), data.getMax());
    }
    TreeMap<Double, Long> buckets = new TreeMap<>();
    for (int scale = data.getScale(); ; scale--) {
      buckets.clear();
      long step = 1L << (data.getScale() - scale);
      add(data.getNegative(), step, scale, -1, buckets);
      if (data.getZeroCount() > 0) {
        buckets.put(data.getZeroThreshold(), data.getZeroCount());
      }
      add(data.getPositive(), step, scale, 1, buckets);
      if (buckets.size() <= MAX_BUCKETS) {
        break;
      }
    }
    long sum = 0;
    for (Map.Entry<Double, Long> bucket : buckets.entrySet()) {
      sum += bucket.getValue();
      point.write(metric + "_bucket", Map.of("le", number(bucket.getKey())), sum);
    }
    point.write(metric + "_bucket", Map.of("le", "+Inf"), sum);
  }

  private static void add(
      ExponentialHistogramDataPoint.Buckets side,
      long step,
      int scale,
      int sign,
      Map<Double, Long> buckets) {
    List<Long> counts = side.getBucketCountsList();
    int first = 0;
    int last = counts.size() - 1;
    while (first <= last && counts.get(first) == 0) {
      first++;
    }
    while (last >= first && counts.get(last) == 0) {
      last--;
    }
    for (int i = first; i <= last; i++) {
      long index = Math.floorDiv((long) side.getOffset() + i, step) + (sign > 0 ? 1 : 0);
      buckets.merge(sign * power(index, scale), counts.get(i), Long::sum);
    }
  }

  private static double power(long index, int scale) {
    if (scale <= 0) {
      return Math.scalb(1.0, Math.toIntExact(index << -scale));
    }
    long parts = 1L << scale;
    double root = StrictMath.pow(2, Math.floorMod(index, parts) / (double) parts);
    return Math.scalb(root, Math.toIntExact(Math.floorDiv(index, parts)));
  }

  private void summary(SummaryDataPoint data) {
    Point point = new Point(data.getAttributesList(), data.getTimeUnixNano());
    if (isUnrecorded(data.getFlags()) || !point.isTimed()) {
      return;
    }
    point.count(metric + "_count", Map.of(), data.getCount());
    point.write(metric + "_sum", Map.of(), data.getSum());
    for (SummaryDataPoint.ValueAtQuantile quantile : data.getQuantileValuesList()) {
      point.write(metric, Map.of("quantile", number(quantile.getQuantile())), quantile.getValue());
    }
  }
}
