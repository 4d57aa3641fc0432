package io.datapoints.connect.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "/api/v1/datapoints, DATAPOINTS",
    "/api/v1/datapoints/, DATAPOINTS",
    "/api/v1/datapoints//, OTHER",
    "/api/v1/datapointsx, OTHER",
    "/api/v1/metrics, METRICS_JSON",
    "/api/v1/metric, DELETE",
    "/api/v1/metric/a/b, DELETE",
    "/api/v1/metricnames, QUERY",
    "/api/v1/metricnamesx, OTHER",
    "/api/v1xmetadata, OTHER",
    "/, OTHER",
  })
  void aPathIsTakenAsAWhole(String path, Endpoint endpoint) {
    assertThat(Endpoint.of(path)).isEqualTo(endpoint);
  }
}
