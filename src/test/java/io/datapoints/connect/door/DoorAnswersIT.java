package io.datapoints.connect.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.DoorProperties;
import io.datapoints.connect.kit.DoorServer;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.kit.KairosServer;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The door answers as a KairosDB 1.3 that takes points and nothing else, byte for byte, and puts
 * into its topic what that one stores. Where they differ, {@link Difference} says in which way and
 * why, and that it is so is tested, too.
 */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorAnswersIT {

  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final String KEYSPACE = "door_answers";
  private static final String TOPIC = "door-answers";
  private static final String MARKER = "door.marker";

  private final HttpClient client = Request.newClient();
  private final ObjectMapper json = new ObjectMapper();
  private final List<Case> cases = new ArrayList<>();
  private final Kafka kafka;
  @AutoClose private final KairosServer kairos;
  @AutoClose private final KairosServer reading;
  @AutoClose private final DoorServer door;
  @AutoClose private final DoorServer exactDoor;
  private final KairosFacts kairosFacts;
  private @Nullable Map<String, Set<String>> topicFacts;

  DoorAnswersIT(Servers servers) throws IOException {
    cases.addAll(Payloads.all());
    cases.addAll(HttpCases.all());
    kafka = servers.kafka();
    kafka.createTopic(TOPIC, 2);
    kafka.createTopic(TOPIC + "-exact", 2);
    DoorProperties settings = DoorProperties.into(TOPIC).with("cors.origins", "*");
    door = servers.door(kafka, settings);
    exactDoor =
        servers.door(
            kafka, settings.with("topic", TOPIC + "-exact").with("compatibility", "exact"));
    kairos = servers.kairos(servers.cassandra(), KEYSPACE, KairosServer.Profile.INGEST);
    reading = servers.kairos(KEYSPACE);
    kairosFacts = new KairosFacts(client, reading.root());
  }

  /** What KairosDB loses takes its neighbours along, hence it comes when they have been read. */
  @TestFactory
  Stream<DynamicNode> theDoorAnswersAndStoresLikeKairosdb() {
    Predicate<Case> kept = each -> each.difference().points != Difference.Points.UNKNOWN;
    return Stream.of(
        each("answers", kept, this::answersAgree),
        each("points", kept, this::pointsAgree),
        each("answers of what KairosDB loses", kept.negate(), this::answersAgree),
        each(
            "answers with compatibility=exact",
            each -> each.difference().goesWithExactStatuses(),
            this::exactAnswersAgree));
  }

  @Test
  void everyWayToDifferIsSeen() {
    assertThat(cases).extracting(Case::difference).containsAll(EnumSet.allOf(Difference.class));
    assertThat(cases).extracting(Case::metric).doesNotHaveDuplicates();
    assertThat(cases).hasSizeGreaterThan(182);
  }

  @FunctionalInterface
  private interface Check {
    void of(Case one) throws IOException;
  }

  private DynamicContainer each(String name, Predicate<Case> chosen, Check check) {
    return DynamicContainer.dynamicContainer(
        name,
        cases.stream()
            .filter(chosen)
            .map(each -> DynamicTest.dynamicTest(each.name(), () -> check.of(each))));
  }

  private void answersAgree(Case one) throws IOException {
    compare(one, one.request().to(client, kairos.root()), one.request().to(client, door.root()));
  }

  private void compare(Case one, Answer theirs, Answer ours) throws IOException {
    Difference difference = one.difference();
    if (difference == Difference.NONE) {
      assertThat(ours.status()).as("%s; %s", one.name(), theirs).isEqualTo(theirs.status());
    } else {
      String why = difference.reason;
      assertThat(theirs.status())
          .as("%s; KairosDB: %s; %s", one.name(), theirs, why)
          .isEqualTo(difference.kairos);
      assertThat(ours.status())
          .as("%s; the door: %s; %s", one.name(), ours, why)
          .isEqualTo(difference.door);
    }
    switch (difference.errors) {
      case SAME -> assertThat(ours.body()).as(one.name()).isEqualTo(theirs.body());
      case OTHER -> assertThat(ours.body()).as(one.name()).isNotEqualTo(theirs.body());
      case OTHER_POSITION -> {
        assertThat(ours.body()).as(one.name()).isNotEqualTo(theirs.body());
        assertThat(withoutPositions(ours)).isEqualTo(withoutPositions(theirs));
      }
    }
    if (ours.body().isEmpty() == theirs.body().isEmpty()) {
      assertHasHeaders(one, ours, theirs);
    }
    if (difference != Difference.NONE && ours.status() >= 400) {
      assertThat(json.readTree(ours.body()).path("errors")).isNotEmpty();
    }
  }

  /**
   * Whatever KairosDB gives. Some of its answers leave out what forbids to keep them, or in which
   * charset they are; the door's never do.
   */
  private static void assertHasHeaders(Case one, Answer ours, Answer theirs) {
    Map<String, String> given = theirs.meaning();
    Map<String, String> found = ours.meaning();
    if ("application/json".equals(given.get("content-type"))) {
      found.computeIfPresent("content-type", (name, type) -> type.replaceFirst(";.*", ""));
    }
    found.keySet().retainAll(given.keySet());
    assertThat(found).as(one.name()).isEqualTo(given);
  }

  private static String withoutPositions(Answer answer) {
    return answer.body().replaceAll("datapoints\\[\\d+]", "datapoints[]");
  }

  /** A 500 as KairosDB's; the words are the door's own. */
  private void exactAnswersAgree(Case one) throws IOException {
    Answer theirs = one.request().to(client, kairos.root());
    Answer ours = one.request().to(client, exactDoor.root());
    assertThat(ours.status()).as(one.name()).isEqualTo(theirs.status()).isEqualTo(500);
    assertHasHeaders(one, ours, theirs);
    assertThat(json.readTree(ours.body()).path("errors")).isNotEmpty();
  }

  private void pointsAgree(Case one) throws IOException {
    Set<String> metrics = new TreeSet<>(List.of(one.metric()));
    for (String neighbour : List.of(".a", ".b", ".c")) {
      metrics.add(one.metric() + neighbour);
    }
    Map<String, Set<String>> inTopic = topicFacts();
    // Names that a case makes of its own number, and not of its metric.
    String number = one.metric().substring(one.metric().indexOf('.') + 1);
    inTopic.keySet().stream()
        .filter(name -> name.startsWith(one.metric() + " ") || name.equals("7000" + number))
        .forEach(metrics::add);
    Set<String> ours =
        metrics.stream()
            .flatMap(metric -> inTopic.getOrDefault(metric, Set.of()).stream())
            .collect(Collectors.toSet());
    switch (one.difference().points) {
      case SAME -> {
        Await.until("KairosDB's points of " + one.name(), BOUND, () -> !late(metrics, ours));
        assertThat(ours).isEqualTo(kairosFacts.of(metrics));
      }
      case MORE ->
          assertThat(ours)
              .containsAll(kairosFacts.of(metrics))
              .isNotEqualTo(kairosFacts.of(metrics));
      case LESS -> assertThat(kairosFacts.of(metrics)).containsAll(ours).isNotEqualTo(ours);
      case OTHER ->
          assertThat(ours)
              .hasSameSizeAs(kairosFacts.of(metrics))
              .isNotEqualTo(kairosFacts.of(metrics));
      case UNKNOWN -> throw new IllegalArgumentException(one.name());
    }
  }

  /** KairosDB writes in its own time; what it has more than the door is an error at once. */
  private boolean late(Set<String> metrics, Set<String> ours) throws IOException {
    Set<String> theirs = kairosFacts.of(metrics);
    return theirs.size() < ours.size() && ours.containsAll(theirs);
  }

  /** Once a point that was sent last can be read, KairosDB has seen to those before it. */
  private Map<String, Set<String>> topicFacts() throws IOException {
    Map<String, Set<String>> facts = topicFacts;
    if (facts == null) {
      String marker =
          "{\"name\":\"%s\",\"timestamp\":1,\"value\":1,\"tags\":{\"h\":\"a\"}}".formatted(MARKER);
      assertThat(kairos.push(marker)).isEqualTo(204);
      Await.until("the marker", BOUND, () -> !kairosFacts.of(List.of(MARKER)).isEmpty());
      facts = TopicFacts.of(kafka.records(TOPIC));
      topicFacts = facts;
    }
    return facts;
  }
}
