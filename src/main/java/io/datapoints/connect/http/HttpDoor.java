package io.datapoints.connect.http;

import io.datapoints.connect.config.door.HttpConfig;
import io.datapoints.connect.config.door.ListenerTlsConfig;
import io.datapoints.connect.http.credentials.Authenticator;
import io.datapoints.connect.http.listener.DoorThreads;
import io.datapoints.connect.http.listener.Listeners;
import io.datapoints.connect.http.listener.TlsFiles;
import io.datapoints.connect.http.metrics.DoorBeans;
import io.datapoints.connect.http.metrics.Reading;
import io.datapoints.connect.intake.Intake;
import io.datapoints.connect.model.PluginVersion;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The door as HTTP has it: listeners that take data points as KairosDB does. Thread safe. */
public final class HttpDoor implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpDoor.class);

  private static final Duration PACE_PERIOD = Duration.ofMillis(250);
  private static final Duration PROBE_PERIOD = Duration.ofSeconds(2);
  private static final Duration FILES_PERIOD = Duration.ofSeconds(5);

  /** One of them may hang at a file system that is away. */
  private static final int TIMER_THREADS = 2;

  /**
   * How long kept connections may hear, by an answer, that they end; and answers may be written.
   */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

  private final HttpConfig config;
  private final Intake intake;
  private final Listeners listeners;
  private final Authenticator authenticator;
  private final Responder responder;
  private final Health health;
  private final Ingestion ingestion;
  private final ScheduledThreadPoolExecutor timer;
  private final DoorBeans beans;
  private final List<URI> addresses;
  private final AtomicBoolean closed = new AtomicBoolean();

  private HttpDoor(HttpConfig config, Intake intake, String version) {
    this.config = config;
    this.intake = intake;
    FileWatch files = new FileWatch();
    ListenerTlsConfig tlsConfig = config.tls();
    TlsFiles tls = tlsConfig == null ? null : new TlsFiles(tlsConfig);
    if (tls != null) {
      files.add(tls.paths(), tls::load);
    }
    authenticator = new Authenticator(config.authentication(), new DoorThreads("passwords"));
    authenticator.sources().forEach(each -> files.add(List.of(each.path()), each.load()));
    listeners = new Listeners(config, tls);
    Cors cors = new Cors(config.answers());
    Answers answers = new Answers(config.answers());
    Protocols protocols = new Protocols(config.answers());
    responder = new Responder(cors);
    health = new Health(intake, System::nanoTime);
    ingestion = new Ingestion(intake, answers, health, config.limits());
    RequestRecord requests = new RequestRecord();
    Shown shown = new Shown();
    Entrance entrance =
        new Entrance(
            new Entrance.Parts(
                listeners,
                authenticator,
                config.authentication().metrics(),
                responder,
                answers,
                protocols,
                cors,
                health,
                ingestion,
                () -> shown.readings,
                "{\"version\": \"" + PluginVersion.asKairosDb(version) + "\"}\n"));
    listeners.open(entrance, new ErrorAnswers(responder, protocols.kairos()), requests);
    addresses = listeners.addresses();
    shown.readings =
        DoorReadings.of(
            intake,
            requests,
            ingestion,
            entrance,
            health,
            listeners,
            tls,
            System.currentTimeMillis());
    beans = new DoorBeans(shown.readings);
    timer = new ScheduledThreadPoolExecutor(TIMER_THREADS, new DoorThreads("timer"));
    every(PACE_PERIOD, listeners::check);
    every(PACE_PERIOD, ingestion::check);
    every(PACE_PERIOD, responder::check);
    every(PROBE_PERIOD, () -> listeners.execute(health::moved));
    every(FILES_PERIOD, files);
  }

  /** The metrics, which there are only when the ports are known. */
  private static final class Shown {

    private volatile List<Reading> readings = List.of();
  }

  /**
   * Reads certificates and passwords, and opens the listeners.
   *
   * @param intake not closed by the door
   * @param version that of this plugin, for clients that ask
   * @throws ConfigException in one sentence that names the property, if a listener cannot be opened
   *     or a file cannot be used; then nothing is left open
   */
  public static HttpDoor open(HttpConfig config, Intake intake, String version) {
    HttpDoor door = new HttpDoor(config, intake, version);
    door.greet();
    return door;
  }

  private void greet() {
    log.info("The door is open at {}", addresses);
    boolean exposed =
        config.listeners().stream().anyMatch(each -> each.host() == null && !each.secure());
    if (exposed && config.authentication().schemes().isEmpty()) {
      log.warn(
          "The door is open to whoever reaches this machine, without encryption and"
              + " authentication: see {}",
          HttpConfig.LISTENERS);
    }
  }

  private void every(Duration period, Runnable work) {
    long nanos = period.toNanos();
    Future<?> unused =
        timer.scheduleWithFixedDelay(() -> guarded(work), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** What throws would never run again. */
  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.error("A timer of the door failed", e);
    }
  }

  /** Where it listens, with the ports that it really has. */
  public List<URI> addresses() {
    return addresses;
  }

  /**
   * Ends in order: first it says that it is not ready, then it takes nothing more, then it answers
   * all that it has taken, at the latest with 503. Blocks until then, for as long as the settings
   * say. The intake is drained, and not closed.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    health.drain();
    await(config.drainDelay(), () -> false);
    intake.drain();
    responder.closeConnections();
    listeners.stopAccepting();
    await(config.drainTimeout(), ingestion::isIdle);
    ingestion.abandon();
    await(LAST_ANSWERS, () -> listeners.connections() == 0);
    listeners.close();
    timer.shutdownNow();
    authenticator.close();
    beans.close();
  }

  /** Waits until something is so, or the bound is over; an interrupt ends it early. */
  private static void await(Duration bound, BooleanSupplier condition) {
    long end = System.nanoTime() + bound.toNanos();
    try {
      while (!condition.getAsBoolean() && end - System.nanoTime() > 0) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
