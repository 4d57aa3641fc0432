package io.datapoints.connect.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.pipeline.Contents;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the engine relies on, whatever the store and the layout. A subclass says how its store is
 * made, what its samples are, and how they are read back.
 */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreContractTest {

  private static final Duration BOUND = Duration.ofMinutes(2);
  static final Outcome DURABLE = Outcome.Durable.DURABLE;

  /** When a sample's record was made; a later one has a later record. */
  static final long RECORD_TIME = 1_700_000_000_000L;

  private final Servers servers;
  private final InetSocketAddress server;
  private final Samples kind;

  /** The tests share tables, so that each takes groups of its own. */
  private int groups;

  StoreContractTest(Servers servers, InetSocketAddress server, Samples kind) {
    this.servers = servers;
    this.server = server;
    this.kind = kind;
  }

  /** A store that is not open yet, and reaches its server through the proxy. */
  abstract Store store(TcpProxy proxy);

  /** What lies in the store. */
  abstract Contents contents();

  /** Whether its write times are finer than a record's, as KairosDB's are not. */
  boolean tellsRecordsOfOneMillisecondApart() {
    return true;
  }

  /** Rows of one batch at most, by default. */
  abstract int largestBatch();

  @Test
  void openingFindsWhatAnEarlierStoreMade() {
    try (TcpProxy proxy = proxy()) {
      List<Sample> samples = samples(groups++, 3, 1);
      try (Store first = open(proxy);
          Store second = open(proxy)) {
        assertThat(write(first, samples)).containsOnly(DURABLE);
        assertThat(write(second, samples)).containsOnly(DURABLE);
      }
      assertStored(samples);
    }
  }

  @Test
  void planningIsRepeatableAndWritesNothing() {
    try (TcpProxy proxy = proxy();
        Store store = open(proxy);
        Store another = open(proxy)) {
      List<Sample> samples = samples(groups++, 10, 1);
      for (Sample sample : samples) {
        Row row = row(store, sample);
        for (Row again : List.of(row(store, sample), row(another, sample))) {
          assertThat(again.partition())
              .isEqualTo(row.partition())
              .hasSameHashCodeAs(row.partition());
          assertThat(again.compareClusteringKey(row)).isZero();
          assertThat(again.bytes()).isEqualTo(row.bytes()).isPositive();
        }
      }
      assertThat(stored(samples)).isEmpty();
    }
  }

  @Test
  void rowsAreTheSameExactlyWhenTheirKeysAre() {
    try (TcpProxy proxy = proxy();
        Store store = open(proxy)) {
      List<Sample> samples = new ArrayList<>();
      for (int group = 0; group < 4; group++) {
        samples.addAll(samples(groups + group, 12, 1));
        samples.addAll(samples(groups + group, 12, 2));
      }
      groups += 4;
      for (Sample one : samples) {
        for (Sample other : samples) {
          assertThat(same(row(store, one), row(store, other)))
              .isEqualTo(Contents.key(one).equals(Contents.key(other)));
        }
      }
    }
  }

  private static boolean same(Row one, Row other) {
    if (!one.partition().equals(other.partition())) {
      return false;
    }
    int order = one.compareClusteringKey(other);
    assertThat(Integer.signum(other.compareClusteringKey(one))).isEqualTo(-Integer.signum(order));
    boolean same = one.follows(other);
    assertThat(other.follows(one)).isEqualTo(same);
    assertThat(order == 0 && !same).isFalse();
    return same;
  }

  @Test
  void writtenRowsAreThere() {
    try (TcpProxy proxy = proxy();
        Store store = open(proxy)) {
      List<Sample> samples = new ArrayList<>(samples(groups++, 50, 1));
      samples.addAll(samples(groups++, 1, 7));
      assertThat(write(store, samples)).containsOnly(DURABLE);
      assertStored(samples);
    }
  }

  @Test
  void manyPartitionsAreWrittenAtTheSameTime() {
    try (TcpProxy proxy = proxy();
        Store store = open(proxy)) {
      List<Sample> samples =
          IntStream.range(0, 32)
              .mapToObj(each -> samples(groups++, 20, each))
              .flatMap(List::stream)
              .toList();
      List<CompletionStage<Outcome>> under =
          partitions(store, samples).entrySet().stream()
              .map(each -> store.write(each.getValue()))
              .toList();
      assertThat(under).extracting(StoreContractTest::await).containsOnly(DURABLE);
      assertStored(samples);
    }
  }

  @Test
  void theLastWriteWinsAndAReplayEndsTheSame() {
    try (TcpProxy proxy = proxy();
        Store store = open(proxy)) {
      int group = groups++;
      List<Sample> first = samples(group, 20, 1);
      List<Sample> second = samples(group, 20, 2);
      for (int replay = 0; replay < 2; replay++) {
        assertThat(write(store, first)).containsOnly(DURABLE);
        assertThat(write(store, second)).containsOnly(DURABLE);
        assertStored(second);
      }
    }
  }

  /** However many records lie between them: the offset decides, and no digit of it is left out. */
  @ParameterizedTest
  @CsvSource({"998, 999", "999, 1000", "1, 1002", "123999, 124000", "7, 900006"})
  void ofTwoRecordsOfOneMillisecondTheLaterWins(long first, long second) {
    assumeTrue(tellsRecordsOfOneMillisecondApart(), "the store knows no more than milliseconds");
    try (TcpProxy proxy = proxy();
        Store store = open(proxy)) {
      int group = groups++;
      Sample earlier = kind.of(group, 0, new RecordOrigin("topic", 0, first, RECORD_TIME));
      Sample later = kind.of(group, 0, new RecordOrigin("topic", 0, second, RECORD_TIME));
      for (int replay = 0; replay < 2; replay++) {
        assertThat(write(store, List.of(earlier))).containsOnly(DURABLE);
        assertThat(write(store, List.of(later))).containsOnly(DURABLE);
        assertStored(List.of(later));
      }
    }
  }

  @Test
  void aBatchMayHaveAsManyRowsAsTheSettingAllows() {
    try (TcpProxy proxy = proxy();
        Store store = open(proxy)) {
      int group = groups++;
      Map<PartitionKey, List<Sample>> byPartition = new HashMap<>();
      List<Sample> fullest = List.of();
      for (int number = 0; fullest.size() < largestBatch(); number++) {
        assertThat(number).isLessThan(1_000_000);
        Sample sample = kind.of(group, number, origin(1));
        List<Sample> partition =
            byPartition.computeIfAbsent(row(store, sample).partition(), key -> new ArrayList<>());
        partition.add(sample);
        fullest = partition.size() > fullest.size() ? partition : fullest;
      }
      assertThat(write(store, fullest)).containsExactly(DURABLE);
      assertStored(fullest);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TcpProxy.Mode.class,
      names = {"REFUSE", "BLACK_HOLE", "RESET"})
  void aServerThatIsAwayIsUnavailableAndComesBackByItself(TcpProxy.Mode fault) {
    try (TcpProxy proxy = proxy();
        Store store = open(proxy)) {
      // One, since each partition waits for its own timeout.
      List<Sample> samples = samples(groups++, 1, 1);
      proxy.mode(fault);
      assertThat(write(store, samples)).hasOnlyElementsOfType(Outcome.Unavailable.class);
      proxy.mode(TcpProxy.Mode.PASS);
      Await.until(
          "the same store to write",
          BOUND,
          () -> write(store, samples).stream().allMatch(DURABLE::equals));
      assertStored(samples);
    }
  }

  @Test
  void aServerThatIsAwayAtTheStartIsFoundLater() {
    try (TcpProxy proxy = proxy();
        Store store = store(proxy)) {
      List<Sample> samples = samples(groups++, 5, 1);
      proxy.mode(TcpProxy.Mode.REFUSE);
      assertThat(await(store.open())).isInstanceOf(Outcome.Unavailable.class);
      proxy.mode(TcpProxy.Mode.PASS);
      Await.until("the store to open", BOUND, () -> await(store.open()) == DURABLE);
      assertThat(write(store, samples)).containsOnly(DURABLE);
      assertStored(samples);
    }
  }

  @Test
  void theTaskThreadDoesNotWaitForTheServer() {
    try (TcpProxy proxy = proxy();
        Store store = open(proxy);
        Store unopened = store(proxy)) {
      List<Row> rows = List.of(row(store, kind.of(groups++, 0, origin(1))));
      proxy.mode(TcpProxy.Mode.BLACK_HOLE);
      CompletionStage<Outcome> opening = unopened.open();
      CompletionStage<Outcome> writing = store.write(rows);
      // Whoever waits in there waits until a timeout, and has an outcome when it returns.
      assertThat(opening.toCompletableFuture()).isNotDone();
      assertThat(writing.toCompletableFuture()).isNotDone();
      assertThat(await(opening)).isInstanceOf(Outcome.Unavailable.class);
      assertThat(await(writing)).isInstanceOf(Outcome.Unavailable.class);
    }
  }

  @Test
  void aSampleThatNoServerCanHoldIsNeverAnOutage() {
    try (TcpProxy proxy = proxy();
        Store store = open(proxy)) {
      int group = groups++;
      if (store.plan(kind.impossible(group, origin(1))) instanceof Row row) {
        assertThat(await(store.write(List.of(row)))).isInstanceOf(Outcome.Refused.class);
      } else {
        assertThat(store.plan(kind.impossible(group, origin(1)))).isInstanceOf(Plan.Rejected.class);
      }
      List<Sample> samples = samples(group, 5, 1);
      assertThat(write(store, samples)).containsOnly(DURABLE);
      assertStored(samples);
    }
  }

  @Test
  void closingLetsGoAndEveryWriteStillEnds() {
    try (TcpProxy proxy = proxy()) {
      Store store = open(proxy);
      proxy.mode(TcpProxy.Mode.BLACK_HOLE);
      List<CompletionStage<Outcome>> under =
          partitions(store, samples(groups++, 10, 1)).entrySet().stream()
              .map(each -> store.write(each.getValue()))
              .toList();
      store.close();
      assertThat(under).extracting(StoreContractTest::await).doesNotContainNull();
      proxy.mode(TcpProxy.Mode.PASS);
      Await.until("connections to end", BOUND, () -> proxy.connections() == 0);
    }
  }

  TcpProxy proxy() {
    return new TcpProxy(server, servers.ports());
  }

  private Store open(TcpProxy proxy) {
    Store store = store(proxy);
    assertThat(await(store.open())).isEqualTo(DURABLE);
    return store;
  }

  private List<Sample> samples(int group, int count, long value) {
    return IntStream.range(0, count)
        .mapToObj(number -> kind.of(group, number, origin(value)))
        .toList();
  }

  private static RecordOrigin origin(long sequence) {
    return new RecordOrigin("topic", 0, sequence, RECORD_TIME + sequence);
  }

  /** Writes the samples as the engine does, one partition after the other. */
  static List<Outcome> write(Store store, Collection<Sample> samples) {
    return partitions(store, samples).entrySet().stream()
        .map(each -> await(store.write(each.getValue())))
        .toList();
  }

  private static Map<PartitionKey, List<Row>> partitions(Store store, Collection<Sample> samples) {
    Map<PartitionKey, List<Row>> partitions = new LinkedHashMap<>();
    for (Sample sample : samples) {
      Row row = row(store, sample);
      partitions.computeIfAbsent(row.partition(), key -> new ArrayList<>()).add(row);
    }
    partitions
        .values()
        .forEach(rows -> rows.sort(Comparator.comparing(row -> row, Row::compareClusteringKey)));
    return partitions;
  }

  private static Row row(Store store, Sample sample) {
    Plan plan = store.plan(sample);
    if (plan instanceof Row row) {
      return row;
    }
    throw new AssertionError("not planned as a row but " + plan);
  }

  /** The outcome; a stage that ends with an exception fails the test. */
  static Outcome await(CompletionStage<Outcome> outcome) {
    return outcome.toCompletableFuture().orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS).join();
  }

  private void assertStored(Collection<Sample> samples) {
    Map<String, Long> expected = new HashMap<>();
    samples.forEach(sample -> expected.put(Contents.key(sample), sample.origin().offset()));
    assertThat(stored(samples)).isEqualTo(expected);
  }

  /** What lies in the groups of these samples. */
  private Map<String, Long> stored(Collection<Sample> samples) {
    Set<String> wanted =
        samples.stream().map(sample -> group(Contents.key(sample))).collect(Collectors.toSet());
    Map<String, Long> stored = contents().read();
    stored.keySet().removeIf(key -> !wanted.contains(group(key)));
    return stored;
  }

  private static String group(String key) {
    return key.substring(0, key.indexOf('/'));
  }
}
