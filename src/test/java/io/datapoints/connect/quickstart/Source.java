package io.datapoints.connect.quickstart;

import java.util.List;
import java.util.function.Consumer;

/** Where messages come from: an hour that has passed, and the present. For use by one thread. */
interface Source {

  /** What it measures, such as "points". */
  String unit();

  /** What keeps coming, in a sentence. */
  String present();

  /** The records among its own that no rule can save. */
  BadRecords bad();

  /** How many messages there are in the hour, at least. */
  int size();

  /** What the store holds of them: where they replace each other, something else than sent. */
  default String keptUnit() {
    return unit();
  }

  /**
   * How many of those the store should hold of all messages so far.
   *
   * @param sent how many messages that are
   */
  default long kept(long sent) {
    return sent;
  }

  /** Hands over the messages of the hour in the order of their time. */
  void history(Consumer<Message> consumer);

  /**
   * What there is to say at this instant.
   *
   * @param now milliseconds since the epoch; what is said is always later than what was said
   *     before, so that no message replaces another
   */
  List<? extends Message> live(long now);
}
