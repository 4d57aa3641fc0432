package io.datapoints.connect.door;

import io.datapoints.connect.config.door.DoorConfig;
import io.datapoints.connect.model.PluginVersion;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door as a process of its own, for where the properties of a worker are not the user's. Its
 * argument is a file of properties with the same names as in a worker's: {@code bootstrap.servers},
 * {@code producer.*}, {@code datapoints.http.*}, {@code config.providers}.
 *
 * <p>SIGTERM closes it in order. It ends with status 1 if it cannot start, as when a port is taken,
 * and with 2 if a setting is wrong or the file cannot be read; the log has one line that says why.
 */
public final class DoorProcess {

  private static final Logger log = LoggerFactory.getLogger(DoorProcess.class);

  static final int STARTED = 0;
  static final int CANNOT_START = 1;
  static final int WRONG_SETTINGS = 2;

  private final CountDownLatch ended = new CountDownLatch(1);

  private DoorProcess() {}

  /** Runs until the process is told to end. */
  public static void main(String[] arguments) throws InterruptedException {
    DoorProcess process = new DoorProcess();
    int status = process.start(arguments);
    if (status != STARTED) {
      System.exit(status);
    }
    process.ended.await();
  }

  private int start(String[] arguments) {
    if (arguments.length != 1) {
      log.error("The door needs one argument, its file of properties");
      return WRONG_SETTINGS;
    }
    DoorConfig config;
    try {
      config = DoorConfig.of(PropertiesFile.read(Path.of(arguments[0])));
    } catch (NoSuchFileException e) {
      log.error("There is no file {}", e.getFile());
      return WRONG_SETTINGS;
    } catch (IOException | InvalidPathException e) {
      log.error("{} cannot be read: {}", arguments[0], e.getMessage());
      return WRONG_SETTINGS;
    } catch (ConfigException e) {
      log.error("The door cannot start: {}", e.getMessage());
      return WRONG_SETTINGS;
    }
    try {
      Door door = Door.open(config, PluginVersion.read());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(door), "datapoints-http-end"));
      return STARTED;
    } catch (RuntimeException e) {
      log.error("The door cannot start: {}", e.getMessage());
      log.debug("The door cannot start", e);
      return CANNOT_START;
    }
  }

  private void end(Door door) {
    door.close();
    ended.countDown();
  }
}
