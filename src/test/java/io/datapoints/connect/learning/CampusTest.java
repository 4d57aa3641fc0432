package io.datapoints.connect.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CampusTest {

  private static final long END = 1_767_225_600_000L;
  private static final int EVENTS = 6_000;

  private final Campus campus = new Campus(1, END, EVENTS);
  private final List<Event> events = history(campus);

  private static List<Event> history(Campus campus) {
    List<Event> events = new ArrayList<>();
    campus.history(events::add);
    return events;
  }

  @Test
  void saysTheSameForTheSameSeed() {
    assertThat(history(new Campus(1, END, EVENTS))).isEqualTo(events);
    assertThat(history(new Campus(2, END, EVENTS))).isNotEqualTo(events);
  }

  @Test
  void speaksOnEveryTopicInTheOrderOfTime() {
    assertThat(events).hasSizeGreaterThanOrEqualTo(EVENTS);
    assertThat(events.stream().map(Event::topic).distinct().toList())
        .containsExactlyInAnyOrderElementsOf(Campus.topics());
    assertThat(events).extracting(Event::timestamp).isSorted();
    assertThat(events)
        .extracting(Event::timestamp)
        .allMatch(at -> at > END - Campus.SPAN.toMillis() && at <= END);
  }

  /** Of two records of one row the later one has to be known by its time. */
  @Test
  void recordsOfOneKeyNeverShareAnInstant() {
    Map<String, Long> last = new HashMap<>();
    for (Event each : events) {
      Long before = last.put(each.topic() + each.key(), each.timestamp());
      assertThat(before == null || before < each.timestamp())
          .as(each.topic() + each.key())
          .isTrue();
    }
  }

  @Test
  void everyTableHasRowsAndSomeAreTakenAway() {
    assertThat(campus.serving().tables())
        .allSatisfy(table -> assertThat(campus.serving().rows(table)).isPositive());
    assertThat(events).filteredOn(each -> each.value() == null).hasSizeGreaterThan(10);
    assertThat(campus.serving().rows("student_course_enrollment"))
        .isEqualTo(campus.serving().rows("course_student_enrollment"));
  }

  @Test
  void everyQueryHasAnAnswer() {
    for (DashboardQuery query : DashboardQuery.values()) {
      Question question = campus.serving().questions(query, Instant.EPOCH, 5).get(0);
      assertThat(campus.serving().answer(question)).as(query.title()).isNotEmpty();
    }
  }

  @Test
  void thePresentFollowsThePast() {
    Campus other = new Campus(1, END, EVENTS);
    assertThat(other.live(END)).isEmpty();
    other.history(event -> {});
    List<Event> present = other.live(END + 1_000);
    present.addAll(other.live(END + 2_000));
    assertThat(present).extracting(Event::timestamp).isSorted();
    assertThat(present).extracting(Event::timestamp).allMatch(at -> at > END && at < END + 2_000);
  }

  @Test
  void keepsNothingOnceItIsToForget() {
    campus.serving().forget();
    campus.live(END + 1_000);
    assertThat(campus.serving().rows()).isZero();
  }

  @Test
  void refusesMoreEventsThanInstants() {
    assertThatThrownBy(() -> new Campus(1, END, Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
