package io.datapoints.connect.store;

import io.datapoints.connect.model.Rule;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics whose tables or collections only an operator can put right. The records of such a topic
 * are bad records, and those of the others go on. As its records come, it is looked at again every
 * so often. Only topics that match a pattern can be refused: what is wrong with one that is mapped
 * by its name is wrong with the settings, and fails the task.
 *
 * <p>Safe for use by several threads: topics are refused on the store's, and asked for on the task
 * thread.
 */
public final class RefusedTopics {

  private static final Logger log = LoggerFactory.getLogger(RefusedTopics.class);

  private static final long LOOK_AGAIN_MS = 10_000;

  /** A transform can make up names of topics without end. */
  private static final int MOST = 1_000;

  private record Refusal(Plan.Rejected plan, long at) {}

  private final Set<String> mappedByName;
  private final Clock clock;
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();

  /**
   * None so far.
   *
   * @param mappedByName topics that are never refused
   */
  public RefusedTopics(Set<String> mappedByName, Clock clock) {
    this.mappedByName = Set.copyOf(mappedByName);
    this.clock = clock;
  }

  /** Whether what is wrong with the tables of this topic is no matter of the whole task. */
  public boolean mayRefuse(String topic) {
    return !mappedByName.contains(topic);
  }

  /**
   * From now on the records of a topic are bad records.
   *
   * @param reason for the dead letters, and told in the log when it is a new one
   */
  public void refuse(String topic, String reason) {
    Refusal refusal = new Refusal(new Plan.Rejected(Rule.MAPPING, reason), clock.millis());
    Refusal before = refusals.put(topic, refusal);
    if (before == null || !before.plan.equals(refusal.plan)) {
      log.error(
          "The records of topic {} are bad records until this is put right: {} (looked at again"
              + " every {} s; other topics go on)",
          topic,
          reason,
          LOOK_AGAIN_MS / 1000);
    }
  }

  /** The tables of a topic are as they should be. */
  public void accept(String topic) {
    if (refusals.remove(topic) != null) {
      log.info("The records of topic {} are stored from now on", topic);
    }
  }

  /** What becomes of each sample of a topic, null where the topic is not refused. */
  public Plan.@Nullable Rejected plan(String topic) {
    Refusal refusal = refusals.get(topic);
    return refusal == null ? null : refusal.plan;
  }

  /** Whether a topic was refused so lately that it need not be looked at again. */
  public boolean holds(String topic) {
    Refusal refusal = refusals.get(topic);
    if (refusal == null) {
      return false;
    }
    long age = clock.millis() - refusal.at;
    return age >= 0 && age < LOOK_AGAIN_MS;
  }

  /**
   * Forgets the topics that were refused longest ago, beyond a bound: they are looked at as new
   * ones. Called where nothing is planned meanwhile.
   */
  public void makeRoom() {
    while (refusals.size() >= MOST) {
      refusals.entrySet().stream()
          .min(Comparator.comparingLong(each -> each.getValue().at))
          .ifPresent(oldest -> refusals.remove(oldest.getKey()));
    }
  }
}
