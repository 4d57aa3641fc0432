package io.datapoints.connect.fault;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Documents that are refused whenever they come, while all others are taken. Thread-safe. */
final class StuckRows implements WriteFault {

  /**
   * A refusal.
   *
   * @param taken how many other operations had been taken by then
   */
  private record Refusal(long nanos, long taken) {}

  private static final int REFUSALS = 5;
  private static final Duration SHORTEST = Duration.ofSeconds(30);

  private final Map<Integer, Integer> codes;
  private final Map<Integer, List<Refusal>> refusals = new TreeMap<>();
  private long taken;

  /**
   * @param codes by the numbers of their records
   */
  StuckRows(Map<Integer, Integer> codes) {
    this.codes = codes;
  }

  @Override
  public synchronized int ofOperation(Document filter) {
    int number = BulkFaultIT.number(filter);
    Integer code = codes.get(number);
    if (code == null) {
      taken++;
      return 0;
    }
    refusals
        .computeIfAbsent(number, first -> new ArrayList<>())
        .add(new Refusal(System.nanoTime(), taken));
    return code;
  }

  Set<Integer> numbers() {
    return codes.keySet();
  }

  /** Their records. */
  Set<String> texts(Workload workload) {
    return numbers().stream().map(workload::text).collect(Collectors.toSet());
  }

  /** Each was tried often enough and for long enough, with others taken between two attempts. */
  synchronized void assertTriedAmongOthers() {
    assertThat(refusals).containsOnlyKeys(numbers());
    refusals.forEach(
        (number, all) -> {
          long amongOthers = 0;
          for (int i = 1; i < all.size(); i++) {
            amongOthers += all.get(i).taken() > all.get(i - 1).taken() ? 1 : 0;
          }
          assertThat(amongOthers).isGreaterThanOrEqualTo(REFUSALS);
          assertThat(all.get(all.size() - 1).nanos() - all.get(0).nanos())
              .isGreaterThanOrEqualTo(SHORTEST.toNanos());
        });
  }
}
