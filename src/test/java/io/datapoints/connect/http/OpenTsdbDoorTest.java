package io.datapoints.connect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.http.RawConnection.Answered;
import io.datapoints.connect.intake.MemoryLog;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenTSDB's /api/put at the door. */
class OpenTsdbDoorTest {

  private static final String GOOD =
      "{\"metric\":\"cpu\",\"timestamp\":1700000000,\"value\":1.5,\"tags\":{\"host\":\"a\"}}";
  private static final String BAD =
      "{\"metric\":\"cpu\",\"timestamp\":1700000000,\"value\":\"x\",\"tags\":{\"host\":\"a\"}}";

  private static Answered put(OpenDoor door, String query, String body) throws IOException {
    return door.post("/api/put" + query, "", body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``         | 204 | ``",
        "?sync      | 204 | ``",
        "?summary   | 200 | {\"failed\":0,\"success\":2}",
        "?details   | 200 | {\"failed\":0,\"success\":2,\"errors\":[]}",
        "?details=true&summary | 200 | {\"failed\":0,\"success\":2,\"errors\":[]}",
      })
  void whatIsStoredIsSaidAsTheRequestWantsIt(String query, int status, String body)
      throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      Answered answer = put(door, query, "[" + GOOD + "," + GOOD.replace("00,", "01,") + "]");

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.body()).isEqualTo(body);
      assertThat(door.log.records())
          .containsExactly(
              new MemoryLog.Sent(
                  "{\"name\":\"cpu\",\"tags\":{\"host\":\"a\"}}",
                  "{\"name\":\"cpu\",\"tags\":{\"host\":\"a\"},\"datapoints\":"
                      + "[[1700000000000,1.5,\"double\"],[1700000001000,1.5,\"double\"]]}"));
    }
  }

  @Test
  void badDataPointsAreCountedAndNamedAndTheOthersAreStored() throws IOException {
    String some = "[" + BAD + "," + GOOD + "," + BAD + "]";
    try (OpenDoor door = OpenDoor.with()) {
      Answered brief = put(door, "", some);
      assertThat(brief.status()).isEqualTo(400);
      assertThat(brief.body()).startsWith("{\"error\":{\"code\":400,\"message\":\"metric[0]");

      Answered summary = put(door, "?summary", some);
      assertThat(summary.status()).isEqualTo(400);
      assertThat(summary.body()).isEqualTo("{\"failed\":2,\"success\":1}");

      Answered details = put(door, "?details", some);
      assertThat(details.status()).isEqualTo(400);
      assertThat(details.body())
          .startsWith("{\"failed\":2,\"success\":1,\"errors\":[{\"error\":\"metric[0]")
          .contains("},{\"error\":\"metric[2]")
          .doesNotContain("\"x\"");
      assertThat(door.log.records()).hasSize(3);
    }
  }

  @Test
  void otherRefusalsAreInItsForm() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      door.log.fault("The topic is missing.");
      Answered away = put(door, "?details", GOOD);
      assertThat(away.status()).isEqualTo(503);
      assertThat(away.header("Retry-After")).isNotNull();
      assertThat(away.body())
          .isEqualTo("{\"error\":{\"code\":503,\"message\":\"The topic is missing.\"}}");
      assertThat(put(door, "?details=%zz", GOOD).status()).isEqualTo(400);
    }
  }
}
