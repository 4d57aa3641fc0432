package io.datapoints.connect.store.cassandra.table;

import io.datapoints.connect.store.cassandra.codec.UnknownFields;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The fields of records for which the table has no column as far as it is known. A name that is met
 * for the first time may be that of a column that has just been made, so its row is not written
 * before the schema has been looked at again. Used by the task thread and the driver's.
 */
final class UnknownNames {

  /** A record may have any number of names; beyond so many the regular looks have to do. */
  private static final int MAX_NAMES = 1000;

  private static final long NONE = -1;

  private final Set<String> pending = ConcurrentHashMap.newKeySet();
  private final Set<String> settled = ConcurrentHashMap.newKeySet();
  private final AtomicLong begun = new AtomicLong();
  private volatile long ended;

  /** What one record has. Confined to the thread that plans it. */
  final class Sighting implements UnknownFields {

    private long since = NONE;

    @Override
    public void met(String name) {
      if (!settled.contains(name) && settled.size() + pending.size() < MAX_NAMES) {
        since = begun.get();
        pending.add(name);
      }
    }

    /** How many looks had begun when a name was met that no look has settled; -1 for no name. */
    long since() {
      return since;
    }
  }

  Sighting sighting() {
    return new Sighting();
  }

  /** Whether no look that began after this moment has ended. */
  boolean isOpen(long since) {
    return since != NONE && ended <= since;
  }

  /** How many looks have begun. */
  long begun() {
    return begun.get();
  }

  /** Whether a look has ended that began when so many had. */
  boolean hasEndedAfter(long moment) {
    return ended > moment;
  }

  /** A look begins; the names that are met until it ends are not part of it. Never two at once. */
  Set<String> begin() {
    begun.incrementAndGet();
    return Set.copyOf(pending);
  }

  /**
   * The look has ended well.
   *
   * @param asked what {@link #begin} returned
   * @param changed whether the table is another one now, of which nothing is known
   */
  void end(Set<String> asked, boolean changed) {
    pending.removeAll(asked);
    if (changed) {
      settled.clear();
    } else {
      settled.addAll(asked);
    }
    ended = begun.get();
  }
}
