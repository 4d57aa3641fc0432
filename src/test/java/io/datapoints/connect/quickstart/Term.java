package io.datapoints.connect.quickstart;

import io.datapoints.connect.learning.BrokenEvents;
import io.datapoints.connect.learning.Campus;
import io.datapoints.connect.learning.Event;
import java.util.List;
import java.util.function.Consumer;

/** Events of a learning platform: a day and a half of a term, and then its present. */
final class Term implements Source {

  private final Campus campus;
  private final BadRecords bad;

  /**
   * @param end milliseconds since the epoch, to which the past leads up
   * @param events how many events that has at least
   */
  Term(long end, int events) {
    this.campus = new Campus(1, end, events);
    this.bad = BadRecords.events(BrokenEvents.all(end));
  }

  Campus campus() {
    return campus;
  }

  @Override
  public String unit() {
    return "events";
  }

  @Override
  public String present() {
    return "The students keep learning.";
  }

  @Override
  public BadRecords bad() {
    return bad;
  }

  @Override
  public int size() {
    return campus.size();
  }

  @Override
  public String keptUnit() {
    return "rows";
  }

  @Override
  public long kept(long sent) {
    return campus.serving().rows();
  }

  @Override
  public void history(Consumer<Message> consumer) {
    campus.history(event -> consumer.accept(message(event)));
  }

  @Override
  public List<Message> live(long now) {
    return campus.live(now).stream().map(Term::message).toList();
  }

  private static Message message(Event event) {
    return topic -> event.record();
  }
}
