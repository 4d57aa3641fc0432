package io.datapoints.connect.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.datapoints.connect.kit.ConnectWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** All that a worker says to anybody, as far as it was asked: a text for each place. */
final class Overheard {

  private final ConnectWorker worker;
  private final List<Text> texts = new ArrayList<>();

  /**
   * A text that somebody may read.
   *
   * @param place where it stands
   */
  record Text(String place, String text) {}

  Overheard(ConnectWorker worker) {
    this.worker = worker;
  }

  /** What REST says about a connector now. */
  void connector(String name) throws IOException {
    for (String path : List.of("", "/config", "/status", "/tasks", "/offsets", "/topics")) {
      get("/connectors/" + name + path);
    }
    get("/connectors/" + name + "/tasks/0/status");
    get("/connectors?expand=info&expand=status");
  }

  private void get(String path) throws IOException {
    texts.add(new Text("GET " + path, worker.rest().get(path)));
  }

  /** The answer to a request that is taken or refused. */
  String answer(String request, Callable<?> call) throws Exception {
    String answer;
    try {
      answer = String.valueOf(call.call());
    } catch (IOException refused) {
      answer = String.valueOf(refused.getMessage());
    }
    texts.add(new Text(request, answer));
    return answer;
  }

  void letters(List<ConsumerRecord<byte[], byte[]>> letters) {
    for (ConsumerRecord<byte[], byte[]> letter : letters) {
      for (Header header : letter.headers()) {
        texts.add(new Text("dead letter " + header.key(), text(header.value())));
      }
    }
  }

  void metrics() throws IOException {
    texts.add(new Text("JMX", worker.everyAttribute()));
  }

  /** All of it, with the log of the worker from its start to now. */
  List<Text> texts() throws IOException {
    List<Text> all = new ArrayList<>(texts);
    all.add(new Text("log", text(Files.readAllBytes(worker.process().log()))));
    return all;
  }

  /** Where this can be read, with what stands around it. */
  List<String> places(String secret) throws IOException {
    List<String> places = new ArrayList<>();
    for (Text each : texts()) {
      each.text()
          .lines()
          .filter(line -> line.contains(secret))
          .map(line -> each.place() + ": " + line)
          .forEach(places::add);
    }
    return places;
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, ISO_8859_1);
  }
}
