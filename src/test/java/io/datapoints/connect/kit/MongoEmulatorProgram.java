package io.datapoints.connect.kit;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** The emulator as a program, whose one argument is the loopback port that it listens on. */
public final class MongoEmulatorProgram {

  private MongoEmulatorProgram() {}

  /** Listens until the process is ended. */
  public static void main(String[] arguments) {
    new MongoServer(new MemoryBackend()).bind("127.0.0.1", Integer.parseInt(arguments[0]));
  }
}
