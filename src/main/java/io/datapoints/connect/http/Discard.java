package io.datapoints.connect.http;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Reads and throws away what a client still sends after it was answered, within bounds, before the
 * connection ends. A connection that is closed on unread bytes is reset, and a reset can overtake
 * the answer. It is run by the server's threads, and ended by a timer at the latest.
 */
final class Discard implements Runnable {

  private static final int MAX_BYTES = 4 * 1024 * 1024;
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Request request;
  private final Callback callback;
  private final Set<Discard> open;
  private final long began = System.nanoTime();
  private long bytes;
  private boolean ended;

  /**
   * @param callback ends the request
   * @param open those that are not ended, of which this is one until it is
   */
  Discard(Request request, Callback callback, Set<Discard> open) {
    this.request = request;
    this.callback = callback;
    this.open = open;
  }

  @Override
  public void run() {
    if (isAtEnd()) {
      finish();
    }
  }

  /** Reads what is there; false if more is to come. */
  private synchronized boolean isAtEnd() {
    while (!ended && bytes <= MAX_BYTES) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return false;
      }
      boolean last = chunk.isLast() || Content.Chunk.isFailure(chunk);
      bytes += chunk.remaining();
      chunk.release();
      if (last) {
        return true;
      }
    }
    return true;
  }

  /** Ends it if it has taken too long. */
  void check(long now) {
    if (now - began > MAX_NANOS) {
      finish();
    }
  }

  private void finish() {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
    }
    open.remove(this);
    callback.succeeded();
  }
}
