package io.datapoints.connect.quickstart;

import io.datapoints.connect.kit.FreePorts;
import io.datapoints.connect.kit.MavenClasspath;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts Kafka, Kafka Connect with the built archive and the stores of a {@link Demonstration} on
 * this machine, sends an hour of data through each of its connectors and shows that all of it
 * arrived. Stays up, with data flowing, until it is interrupted, and then leaves nothing behind.
 *
 * <p>System properties: {@code datapoints.archive}, {@code datapoints.workdir}, {@code
 * quickstart.demonstration} (kairosdb, flows, mongodb or learning-analytics), {@code
 * quickstart.configurations} (the directory of the connectors' JSON files), {@code
 * quickstart.points} (points or flows of the hour) and {@code quickstart.exit} (true to end after
 * the report, with a failure if the counts do not agree).
 */
public final class Quickstart {

  private static final int LIVE_MILLIS = 1_000;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  // The build insists on JDK 17, which has no console where there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private final boolean terminal = System.console() != null;

  private final Place place;
  private final Stage stage;

  private Quickstart() throws IOException {
    Path archive = Path.of(System.getProperty("datapoints.archive", "")).toAbsolutePath();
    if (!Files.isRegularFile(archive)) {
      throw new IllegalStateException(archive + " is not there; build it with mvn package");
    }
    Path directory =
        Path.of(System.getProperty("datapoints.workdir", "target/quickstart")).toAbsolutePath();
    Stage.remove(directory);
    this.place =
        new Place(
            directory,
            new MavenClasspath(),
            new FreePorts(),
            Path.of(System.getProperty("quickstart.configurations", "config")),
            Integer.getInteger("quickstart.points", 200_000),
            System.currentTimeMillis());
    String name = System.getProperty("quickstart.demonstration", "kairosdb");
    this.stage = new Stage(place, archive, Demonstration.named(name, place));
  }

  /** Runs it; takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    new Quickstart().run(Boolean.getBoolean("quickstart.exit"));
  }

  private void run(boolean exit) throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              interrupted.countDown();
              stage.close();
            },
            "quickstart-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try (stage) {
      perform(exit, interrupted);
    } catch (Exception e) {
      // Once interrupted, whatever fails does so because its servers are gone.
      if (interrupted.getCount() > 0) {
        throw e;
      }
    } finally {
      if (interrupted.getCount() > 0) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    }
  }

  private void perform(boolean exit, CountDownLatch interrupted) throws Exception {
    out.println("\n  Starting (the first time downloads the servers from Maven Central)");
    stage.start(new Starts(out));
    List<Performance> performances = new ArrayList<>();
    try {
      boolean agree = true;
      for (Exhibit exhibit : stage.demonstration().exhibits()) {
        Performance performance = new Performance(out, terminal, stage, exhibit);
        performances.add(performance);
        agree &= performance.show(place.now());
      }
      addresses();
      if (!exit) {
        stayUp(performances, interrupted);
      } else if (!agree) {
        throw new IllegalStateException("the counts do not agree");
      }
    } finally {
      performances.forEach(Performance::close);
    }
  }

  private void addresses() {
    address("Kafka", stage.kafka().bootstrapServers());
    address("Kafka Connect", stage.worker().rest().root() + "/connectors?expand=status");
    stage.demonstration().addresses().forEach(this::address);
  }

  private void address(String title, String address) {
    out.println("  %-14s %s".formatted(title, address));
  }

  private void stayUp(List<Performance> performances, CountDownLatch interrupted)
      throws InterruptedException {
    out.println();
    performances.forEach(each -> out.println("  " + each.present()));
    out.println("  Ctrl-C ends everything.");
    while (!interrupted.await(LIVE_MILLIS, TimeUnit.MILLISECONDS)) {
      performances.forEach(Performance::live);
    }
  }
}
