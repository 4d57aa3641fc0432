package io.datapoints.connect.intake;

/**
 * The room of one admitted request: its place until it is answered, and its bytes until the log has
 * done with its records. That may be long after the answer: a client that repeats what it got no
 * certain answer to must not fill the memory with copies. Thread safe.
 */
public final class Reservation implements Admission {

  /** What a request takes beside its bytes. */
  private static final int OBJECTS = 1_024;

  private final Budget budget;
  private long bytes;
  private boolean answered;
  private boolean done;

  private Reservation(Budget budget) {
    this.budget = budget;
    this.bytes = OBJECTS;
  }

  /**
   * Takes the room of a request whose body is announced to be so long, or tells why there is none.
   * The body is charged as it comes, so that an announcement takes nobody's room.
   */
  static Admission of(Budget budget, long announcedBytes) {
    if (!budget.takeRequest()) {
      return new Refused(
          new Outcome.Unavailable(
              Outcome.Cause.REQUESTS, "Too many requests wait for their answers; send it again."));
    }
    if (!budget.hasRoom(OBJECTS + Math.max(0, announcedBytes)) || !budget.takeBytes(OBJECTS)) {
      budget.giveRequest();
      return new Refused(noBytes());
    }
    return new Reservation(budget);
  }

  static Outcome.Unavailable noBytes() {
    return new Outcome.Unavailable(
        Outcome.Cause.BYTES, "The memory for requests is used up; send the request again.");
  }

  /** Charges bytes as they come; false if there is no room, whereupon none are charged. */
  public synchronized boolean charge(long count) {
    if (done || !budget.takeBytes(count)) {
      return false;
    }
    bytes += count;
    return true;
  }

  /** Gives everything back, for a request that is never submitted. May be repeated. */
  public void release() {
    answered();
    done();
  }

  /** Gives the place back, once. */
  synchronized void answered() {
    if (!answered) {
      answered = true;
      budget.giveRequest();
    }
  }

  /** Gives the bytes back, once: the log has done with the records. */
  synchronized void done() {
    if (!done) {
      done = true;
      budget.giveBytes(bytes);
    }
  }
}
