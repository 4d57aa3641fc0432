package io.datapoints.connect.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log in memory. It acknowledges each record at once, or holds the acknowledgements until it is
 * told to give them. Thread safe.
 */
public final class MemoryLog implements Log {

  /** What was sent. */
  public record Sent(String key, String value) {}

  private final List<Sent> records = new ArrayList<>();
  private final Deque<Acknowledgement> held = new ArrayDeque<>();
  private int maxRecordBytes = 1 << 20;
  private boolean holding;
  private @Nullable Exception failure;
  private @Nullable String fault;

  /** From now on records may have so many bytes. */
  public synchronized MemoryLog withMaxRecordBytes(int bytes) {
    maxRecordBytes = bytes;
    return this;
  }

  /** From now on nothing is acknowledged. */
  public synchronized void hold() {
    holding = true;
  }

  /** Acknowledges all that was held, with a failure or without; from now on others at once. */
  public void release(@Nullable Exception reason) {
    List<Acknowledgement> waiting;
    synchronized (this) {
      holding = false;
      waiting = List.copyOf(held);
      held.clear();
    }
    waiting.forEach(each -> each.completed(reason));
  }

  /** From now on each record fails for this reason; null for none. */
  public synchronized void fail(@Nullable Exception reason) {
    failure = reason;
  }

  /** From now on the log says that it takes nothing; null if it does. */
  public synchronized void fault(@Nullable String reason) {
    fault = reason;
  }

  /** What was sent so far, in order. */
  public synchronized List<Sent> records() {
    return List.copyOf(records);
  }

  /** How many acknowledgements are held. */
  public synchronized int held() {
    return held.size();
  }

  @Override
  public synchronized int maxRecordBytes() {
    return maxRecordBytes;
  }

  @Override
  public synchronized @Nullable String fault() {
    return fault;
  }

  @Override
  public void send(byte[] key, byte[] value, Acknowledgement acknowledgement) {
    Exception outcome;
    synchronized (this) {
      if (key.length + value.length > maxRecordBytes) {
        throw new IllegalArgumentException("a record of " + (key.length + value.length));
      }
      records.add(
          new Sent(
              new String(key, StandardCharsets.UTF_8), new String(value, StandardCharsets.UTF_8)));
      if (holding) {
        held.add(acknowledgement);
        return;
      }
      outcome = failure;
    }
    acknowledgement.completed(outcome);
  }
}
