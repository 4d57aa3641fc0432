package io.datapoints.connect.http.listener;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The door's threads. All are daemons, and all have the context class loader of this plugin: a
 * library that looks for services by it must not find those of the worker's own Jetty.
 */
public final class DoorThreads implements ThreadFactory {

  private static final String PREFIX = "datapoints-http-";

  /** Handlers never block, so that few threads serve many connections. */
  private static final int LEAST_HANDLERS = 8;

  private static final int IDLE_MS = 60_000;

  private final AtomicInteger count = new AtomicInteger();
  private final String name;

  /**
   * @param name what they do
   */
  public DoorThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, PREFIX + name + "-" + count.incrementAndGet());
    thread.setDaemon(true);
    thread.setContextClassLoader(DoorThreads.class.getClassLoader());
    return thread;
  }

  /**
   * The pool of the server. Its queue has no bound of its own, against which Jetty warns: a
   * connection has a job or two at a time, so that the limit of connections bounds it.
   *
   * @param own the threads that the listeners keep for themselves
   */
  static QueuedThreadPool pool(int own) {
    int handlers = Math.max(LEAST_HANDLERS, 2 * Runtime.getRuntime().availableProcessors());
    QueuedThreadPool pool =
        new QueuedThreadPool(
            own + handlers, own + 1, IDLE_MS, -1, null, null, new DoorThreads("worker"));
    pool.setName(PREFIX + "worker");
    pool.setDaemon(true);
    return pool;
  }

  /** Runs something with this plugin's class loader as the context class loader. */
  static void inContext(ThrowingAction action) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(DoorThreads.class.getClassLoader());
    try {
      action.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Something that a server does. */
  @FunctionalInterface
  interface ThrowingAction {

    /** Does it. */
    void run() throws Exception;
  }
}
