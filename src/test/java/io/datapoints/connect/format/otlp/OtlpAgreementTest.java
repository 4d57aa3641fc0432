package io.datapoints.connect.format.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.FormatReading;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Random requests become the same points as by the reference, from Protobuf and from JSON. */
class OtlpAgreementTest {

  private static final int REQUESTS = 3_000;
  private static final Map<String, String> ALL_TAGS =
      Map.of("otlp.resource.attributes", "*", "otlp.scope.tags", "true");

  private final FormatReading proto = FormatReading.with("otlp_proto", ALL_TAGS);
  private final FormatReading json = FormatReading.with("otlp_json", ALL_TAGS);

  @Test
  void bothFormsAgreeWithTheReference() {
    int points = 0;
    for (int seed = 0; seed < REQUESTS; seed++) {
      ExportMetricsServiceRequest request = new RandomMessages(seed).request();
      ReferenceMapping expected = ReferenceMapping.of(request);
      points += expected.points().size();
      byte[] text = JsonForm.anyOf(request, seed);

      proto.read(request.toByteArray());
      assertThat(proto.points()).as("%d %s", seed, request).isEqualTo(expected.points());
      assertThat(proto.skipped()).as("%d %s", seed, request).isEqualTo(expected.skipped());

      json.read(text);
      assertThat(json.points()).as(new String(text, UTF_8)).isEqualTo(expected.points());
      assertThat(json.skipped()).isEqualTo(expected.skipped());
      assertThat(json.reasons()).isEqualTo(proto.reasons());
    }
    assertThat(points).isGreaterThan(REQUESTS);
  }
}
