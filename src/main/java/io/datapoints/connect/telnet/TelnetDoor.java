package io.datapoints.connect.telnet;

import io.datapoints.connect.config.door.TelnetConfig;
import io.datapoints.connect.intake.Intake;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for senders of KairosDB's telnet commands. */
public final class TelnetDoor implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TelnetDoor.class);

  private final TelnetConfig config;
  private final Intake intake;
  private final String version;
  private final Rejections rejections = new Rejections();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<ServerSocket> listeners = new ArrayList<>();

  /** Each connection, until its thread ends. */
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private TelnetDoor(TelnetConfig config, Intake intake, String version) {
    this.config = config;
    this.intake = intake;
    this.version = version;
  }

  /**
   * Opens the listeners.
   *
   * @param version what the command {@code version} answers
   * @throws ConfigException naming the setting, if an address cannot be had
   */
  public static TelnetDoor open(TelnetConfig config, Intake intake, String version) {
    TelnetDoor door = new TelnetDoor(config, intake, version);
    for (InetSocketAddress address : config.addresses()) {
      try {
        ServerSocket listener = new ServerSocket();
        door.listeners.add(listener);
        listener.bind(new InetSocketAddress(address.getHostString(), address.getPort()));
        daemon("accept", () -> door.accept(listener)).start();
      } catch (IOException e) {
        door.close();
        throw new ConfigException(
            TelnetConfig.LISTENERS + ": cannot listen on " + address + ": " + e.getMessage());
      }
    }
    return door;
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, "datapoints-telnet-" + name);
    thread.setDaemon(true);
    return thread;
  }

  /** Where it listens. */
  public List<Integer> ports() {
    return listeners.stream().map(ServerSocket::getLocalPort).toList();
  }

  /** Lines that were rejected. */
  public long rejectedLines() {
    return rejections.rejected();
  }

  private void accept(ServerSocket listener) {
    while (!listener.isClosed()) {
      try {
        serve(listener.accept());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          log.warn("A connection by telnet was not accepted: {}", e.toString());
          pause();
        }
      }
    }
  }

  /** What keeps connections from being accepted, such as too many open files, may last. */
  private void pause() {
    try {
      boolean unused = closing.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Socket socket) throws IOException {
    if (sockets.size() >= config.maxConnections() || closing.getCount() == 0) {
      socket.close();
      return;
    }
    sockets.add(socket);
    TelnetConnection connection =
        new TelnetConnection(socket, intake, version, rejections, closing);
    Thread thread =
        daemon(
            "connection",
            () -> {
              try {
                connection.run();
              } finally {
                sockets.remove(socket);
                threads.remove(Thread.currentThread());
              }
            });
    threads.add(thread);
    thread.start();
  }

  /** Accepts no more, and ends each connection once what has arrived is stored. */
  public void drain(Duration bound) {
    listeners.forEach(TelnetDoor::close);
    closing.countDown();
    long end = System.nanoTime() + bound.toNanos();
    try {
      for (Thread thread : threads) {
        TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, end - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what is left at once. */
  @Override
  public void close() {
    drain(Duration.ZERO);
    threads.forEach(Thread::interrupt);
    sockets.forEach(TelnetDoor::close);
  }

  private static void close(Closeable each) {
    try {
      each.close();
    } catch (IOException e) {
      log.debug("A socket did not close in order", e);
    }
  }
}
