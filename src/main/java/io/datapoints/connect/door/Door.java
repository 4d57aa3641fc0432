package io.datapoints.connect.door;

import io.datapoints.connect.config.door.DoorConfig;
import io.datapoints.connect.http.HttpDoor;
import io.datapoints.connect.intake.Intake;
import io.datapoints.connect.intake.kafka.KafkaLog;
import io.datapoints.connect.telnet.TelnetDoor;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open door: the log, the intake before it, and the listeners. It is closed from the outside in,
 * so that whatever was taken is answered; what is closed twice stays closed.
 */
public final class Door implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Door.class);

  private final Opened opened;
  private final HttpDoor http;

  private Door(Opened opened, HttpDoor http) {
    this.opened = opened;
    this.http = http;
  }

  /**
   * Opens the door, without waiting for Kafka: until the topic was seen, requests are answered 503.
   *
   * @param version of this program
   * @throws RuntimeException if a part cannot be opened, with those before it closed
   */
  public static Door open(DoorConfig config, String version) {
    Opened opened = new Opened();
    try {
      KafkaLog log = opened.with(KafkaLog.open(config.log(), config.intake().maxInFlightBytes()));
      Intake intake = opened.with(new Intake(config.intake(), log));
      HttpDoor http = opened.with(HttpDoor.open(config.http(), intake, version));
      TelnetDoor telnet = TelnetDoor.open(config.telnet(), intake, version);
      AutoCloseable ending = () -> end(telnet, config.http().drainTimeout());
      opened.with(ending);
      return new Door(opened, http);
    } catch (RuntimeException | Error e) {
      opened.close(e);
      throw e;
    }
  }

  /** Its clients get no answers, so that what has arrived is stored first. */
  private static void end(TelnetDoor telnet, Duration bound) {
    telnet.drain(bound);
    telnet.close();
  }

  /** Where it listens to HTTP, with the ports that were found for port 0. */
  public List<URI> addresses() {
    return http.addresses();
  }

  /**
   * Takes no more requests, answers those that it has, and ends. Bounded: by the drain's delay and
   * timeout, that once more for telnet, and a few seconds for the clients of Kafka.
   */
  @Override
  public void close() {
    opened.close();
    log.info("The door is closed");
  }
}
