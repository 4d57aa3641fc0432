package io.datapoints.connect.store.cassandra.table;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.NameInReason;
import io.datapoints.connect.store.cassandra.codec.UnknownFields;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The fields of records without a known column in the table. A new name may be that of a column
 * that was just added, so its row waits for the next schema check. Used by the task thread and the
 * driver's threads.
 */
final class UnknownNames {

  /**
   * Records may have any number of names; names beyond this limit rely on the regular schema
   * checks.
   */
  private static final int MAX_NAMES = 1000;

  private static final long NONE = -1;

  private final Set<String> pending = ConcurrentHashMap.newKeySet();
  private final Set<String> settled = ConcurrentHashMap.newKeySet();
  private final AtomicLong begun = new AtomicLong();
  private volatile long ended;

  /** The unknown names of one record. Confined to the thread that plans it. */
  final class Sighting implements UnknownFields {

    private final boolean settling;
    private long since = NONE;
    private boolean lacking;

    private Sighting(boolean settling) {
      this.settling = settling;
    }

    @Override
    public void met(String name) {
      note(name);
    }

    @Override
    public void lacks(String name) {
      if (settling || !note(name)) {
        throw new InvalidValue("has the field " + NameInReason.of(name) + ", which the type lacks");
      }
      lacking = true;
    }

    /** Whether a check of the schema has to look for this name. */
    private boolean note(String name) {
      if (settled.contains(name) || settled.size() + pending.size() >= MAX_NAMES) {
        return false;
      }
      since = begun.get();
      pending.add(name);
      return true;
    }

    /** Whether a type lacked a field, so that the row must be planned again. */
    boolean isLacking() {
      return lacking;
    }

    /** How many schema checks had begun when an unsettled name was found; -1 for no such name. */
    long since() {
      return since;
    }
  }

  Sighting sighting() {
    return new Sighting(false);
  }

  /** For planning a row again, after a check of the schema that began when it was planned. */
  Sighting lastSighting() {
    return new Sighting(true);
  }

  /** Whether no schema check that began after this moment has ended. */
  boolean isOpen(long since) {
    return since != NONE && ended <= since;
  }

  /** How many schema checks have begun. */
  long begun() {
    return begun.get();
  }

  /** Whether a schema check that began after this moment has ended. */
  boolean hasEndedAfter(long moment) {
    return ended > moment;
  }

  /**
   * Begins a schema check for the pending names; later names are not part of it. Never two at once.
   */
  Set<String> begin() {
    begun.incrementAndGet();
    return Set.copyOf(pending);
  }

  /**
   * Ends a successful schema check.
   *
   * @param asked what {@link #begin} returned
   * @param changed whether the table has changed, so that settled names are unknown again
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
