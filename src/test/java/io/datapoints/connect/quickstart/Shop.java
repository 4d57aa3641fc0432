package io.datapoints.connect.quickstart;

import java.util.List;
import java.util.function.Consumer;

/** KairosDB metrics: an hour in the life of a small shop, and then those of this machine. */
final class Shop implements Source {

  private final History history;
  private final MachineMetrics machine = new MachineMetrics();

  /**
   * @param end milliseconds since the epoch, to which the hour leads up
   * @param points how many points at least
   */
  Shop(long end, int points) {
    this.history = new History(1, end, points);
  }

  @Override
  public String unit() {
    return "points";
  }

  @Override
  public String present() {
    return "The metrics of this machine keep flowing (machine.*).";
  }

  @Override
  public BadRecords bad() {
    return BadRecords.POINTS;
  }

  @Override
  public int size() {
    return history.size();
  }

  @Override
  public void history(Consumer<Message> consumer) {
    history.forEach(consumer::accept);
  }

  @Override
  public List<? extends Message> live(long now) {
    return machine.sample(now);
  }
}
