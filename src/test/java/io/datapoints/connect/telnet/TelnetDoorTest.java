package io.datapoints.connect.telnet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.config.door.TelnetConfig;
import io.datapoints.connect.intake.Intake;
import io.datapoints.connect.intake.Intakes;
import io.datapoints.connect.intake.MemoryLog;
import io.datapoints.connect.kairosdb.Reading;
import io.datapoints.connect.kit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the lines that a sender writes. */
class TelnetDoorTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  private final MemoryLog log = new MemoryLog();
  private final Intake intake = Intakes.of(log);
  private final TelnetDoor door = open(2);
  private final Reading reading = Reading.plain();

  private TelnetDoor open(int connections) {
    TelnetConfig config =
        new TelnetConfig(List.of(InetSocketAddress.createUnresolved("127.0.0.1", 0)), connections);
    return TelnetDoor.open(config, intake, "KairosDB test");
  }

  @AfterEach
  void close() {
    log.release(null);
    door.close();
    intake.close();
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), door.ports().get(0));
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  /** All points that the log has, as the sink reads them. */
  private List<String> points() {
    return log.records().stream()
        .flatMap(sent -> reading.of(sent.value()).described().stream())
        .toList();
  }

  private void awaitPoints(int count) {
    Await.until(count + " points", BOUND, () -> points().size() == count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "put m 1500000000 5 h=a                   | m{h=a} 1500000000000 long 5",
        "put m 2999999999 5 h=a                   | m{h=a} 2999999999000 long 5",
        "put m 3000000000 5 h=a                   | m{h=a} 3000000000 long 5",
        "put m -7 5 h=a                           | m{h=a} -7000 long 5",
        "putm m 7 -1.50 h=a b=c                   | m{b=c,h=a} 7 double -1.5",
        "puts m 7 5.5 h=a                         | m{h=a} 7 string '5.5'",
        "puts m 7 \"two words\" h=a             | m{h=a} 7 string 'two words'",
        "putm \"a \"quoted\"  name\" 7 1 h=a    | m{h=a} 7 long 1",
        "putm m 7 1                               | m{add=tag} 7 long 1",
        "putm m 7 1 h=a kairos_opt.ttl=60         | m{h=a} 7 long 1 ttl 60",
        "putm m 7 1 h=a=b                         | m{h=a=b} 7 long 1",
        "putm  m\t7   1 h=\u00e9                 | m{h=\u00e9} 7 long 1",
      })
  void aCommandIsAPoint(String line, String point) throws IOException {
    try (Socket socket = connect()) {
      write(socket, line.strip() + "\r\n");
      awaitPoints(1);
    }
    String expected =
        line.contains("quoted") ? point.replaceFirst("m", "a \"quoted\"  name") : point;
    assertThat(points()).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "put",
    "put m",
    "put m 1",
    "put m x 1 h=a",
    "put m 1 x h=a",
    "put m 1 1e5 h=a",
    "put m 1 NaN. h=a",
    "put m 1 1 h",
    "put m 1 1 =a",
    "put m 1 1 h=",
    "put m 1 1 h=a h=b",
    "put m 1 1 h=a kairos_opt.ttl=x",
    "PUT m 1 1 h=a",
    "get m",
    "\"",
  })
  void aBadLineIsCountedAndTheOthersAreStored(String line) throws IOException {
    try (Socket socket = connect()) {
      write(socket, "putm m 1 1 h=a\n" + line + "\nputm m 2 2 h=a\n");
      awaitPoints(2);
    }
    Await.until("the bad line to be counted", BOUND, () -> door.rejectedLines() == 1);
    assertThat(points()).containsExactly("m{h=a} 1 long 1", "m{h=a} 2 long 2");
  }

  @Test
  void aLineThatIsTooLongOrNoTextIsCountedAndTheOthersAreStored() throws IOException {
    try (Socket socket = connect()) {
      write(socket, "putm m 1 1 h=" + "a".repeat(Lines.MAX_BYTES) + "\n");
      socket.getOutputStream().write("putm m 1 1 h=\u00e9\n".getBytes(ISO_8859_1));
      write(socket, "putm m 1 1 h=a\n\n  \nputm m 2 2");
      awaitPoints(1);
      write(socket, "3 h=a\n");
      awaitPoints(2);
    }
    assertThat(points()).containsExactly("m{h=a} 1 long 1", "m{h=a} 2 long 23");
    assertThat(door.rejectedLines()).isEqualTo(2);
  }

  @Test
  void theVersionIsAnswered() throws IOException {
    try (Socket socket = connect()) {
      write(socket, "version\n");
      byte[] answer = socket.getInputStream().readNBytes("KairosDB test\n".length());
      assertThat(new String(answer, UTF_8)).isEqualTo("KairosDB test\n");
    }
  }

  @Test
  void linesWaitForALogThatIsAwayAndAreStoredInOrder() throws IOException {
    log.fault("away");
    try (Socket socket = connect()) {
      for (int i = 0; i < 3_000; i++) {
        write(socket, "putm m " + i + " " + i + " h=a\n");
      }
    }
    Await.until(
        "the log to be asked",
        BOUND,
        () -> intake.counters().unavailable(io.datapoints.connect.intake.Outcome.Cause.LOG) > 2);
    log.fault(null);
    awaitPoints(3_000);
    assertThat(points()).element(2_999).isEqualTo("m{h=a} 2999 long 2999");
    assertThat(points()).element(17).isEqualTo("m{h=a} 17 long 17");
  }

  @Test
  void aConnectionTooManyIsClosedAndItsPlaceComesBack() throws IOException {
    Socket first = connect();
    Socket second = connect();
    write(first, "putm m 1 1 h=a\n");
    write(second, "putm m 2 1 h=a\n");
    awaitPoints(2);
    try (Socket third = connect()) {
      assertThat(third.getInputStream().read()).isEqualTo(-1);
    }
    first.close();
    Await.until(
        "a place",
        BOUND,
        () -> {
          try (Socket fourth = connect()) {
            write(fourth, "version\n");
            return fourth.getInputStream().read() == 'K';
          }
        });
    second.close();
  }

  @Test
  void whatHasArrivedIsStoredBeforeTheDoorCloses() throws Exception {
    log.hold();
    try (Socket socket = connect()) {
      write(socket, "putm m 1 1 h=a\n");
      awaitPoints(1);
      write(socket, "putm m 2 2 h=a\n".repeat(100));
      CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> door.drain(BOUND));
      assertThat(drained).isNotDone();
      log.release(null);
      drained.get();
      assertThat(points()).hasSize(101);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
  }

  @Test
  void anAddressThatCannotBeHadIsNamed() {
    TelnetConfig taken =
        new TelnetConfig(
            List.of(InetSocketAddress.createUnresolved("127.0.0.1", door.ports().get(0))), 1);
    assertThatThrownBy(() -> TelnetDoor.open(taken, intake, "v"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(TelnetConfig.LISTENERS);
  }
}
