package io.datapoints.connect.http;

import static io.datapoints.connect.format.prometheus.Requests.label;
import static io.datapoints.connect.format.prometheus.Requests.request;
import static io.datapoints.connect.format.prometheus.Requests.sample;
import static io.datapoints.connect.format.prometheus.Requests.series;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.datapoints.connect.http.RawConnection.Answered;
import io.datapoints.connect.intake.MemoryLog;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prometheus' remote write at the door. */
class RemoteWriteDoorTest {

  private static final String HEADERS =
      String.join(
          "\r\n",
          "Content-Encoding: snappy",
          "Content-Type: application/x-protobuf",
          "X-Prometheus-Remote-Write-Version: 0.1.0",
          "");
  private static final long TIME = 1_700_000_000_000L;
  private static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

  private static Answered write(OpenDoor door, String headers, byte[] body) throws IOException {
    return door.post("/api/v1/write", headers, body);
  }

  private static byte[] values(double... values) {
    return request(
        Arrays.stream(values)
            .mapToObj(
                value -> series(label("__name__", "up"), label("job", "node"), sample(value, TIME)))
            .toArray(ByteString[]::new));
  }

  @Test
  void theSamplesOfASeriesAreARecord() throws IOException {
    byte[] body =
        request(
            series(
                label("__name__", "up"),
                label("instance", "a:9100"),
                sample(1, TIME),
                sample(0, TIME + 15_000)));
    try (OpenDoor door = OpenDoor.with()) {
      Answered answer = write(door, HEADERS, body);

      assertThat(answer.status()).isEqualTo(204);
      assertThat(door.log.records())
          .containsExactly(
              new MemoryLog.Sent(
                  "{\"name\":\"up\",\"tags\":{\"instance\":\"a:9100\"}}",
                  "{\"name\":\"up\",\"tags\":{\"instance\":\"a:9100\"},\"datapoints\":"
                      + "[[1700000000000,1.0,\"double\"],[1700000015000,0.0,\"double\"]]}"));
      assertThat(write(door, "", body).status()).isEqualTo(204);
    }
  }

  @Test
  void theEndOfASeriesIsSkippedAndWhatIsNoNumberIsCounted() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      assertThat(write(door, HEADERS, values(STALE, Double.NaN, 5)).status()).isEqualTo(204);
      assertThat(door.log.records()).singleElement().asString().contains("5.0");
      assertThat(door.metric("datapoints_http_parts_skipped_total")).isEqualTo(1);
      assertThat(door.metric("datapoints_http_rejections_total{rule=\"value\"}")).isEqualTo(1);
    }
  }

  @Test
  void aSeriesWithoutANameIsNamedAndTheOthersAreStored() throws IOException {
    byte[] body =
        request(
            series(label("job", "node"), sample(1, TIME)),
            series(label("__name__", "up"), label("job", "node"), sample(2, TIME)));
    try (OpenDoor door = OpenDoor.with()) {
      Answered answer = write(door, HEADERS, body);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("Content-Type")).startsWith("text/plain");
      assertThat(answer.body()).contains("name").doesNotContain("{");
      assertThat(door.log.records()).hasSize(1);
    }
  }

  @Test
  void whatIsNoRequestIsRefused() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      byte[] whole = values(1);
      for (byte[] damaged :
          new byte[][] {Arrays.copyOf(whole, whole.length - 3), "text".getBytes(UTF_8)}) {
        assertThat(write(door, HEADERS, damaged).status()).isEqualTo(400);
      }
      assertThat(door.log.records()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: application/x-protobuf;proto=io.prometheus.write.v2.Request",
        "Content-Type: application/json",
        "Content-Encoding: zstd",
        "Content-Encoding: gzip",
        "Content-Encoding: snappy, gzip",
      })
  void sendersFallBackToTheFirstVersion(String header) throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      assertThat(write(door, header + "\r\n", values(1)).status()).isEqualTo(415);
      assertThat(door.log.records()).isEmpty();
    }
  }

  @Test
  void whatTheLogDoesNotTakeIsToBeSentAgain() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      door.log.fail(new IOException("away"));
      Answered answer = write(door, HEADERS, values(1));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isNotNull();
    }
  }
}
