package io.datapoints.connect.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.model.Rule;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.metrics.KafkaMetricsContext;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.junit.jupiter.api.Test;

/** Metrics that are in the way of other ones, or of which a worker knows nothing. */
class MetricsRegistrationTest {

  /** What tasks of the same name share: a worker's metrics, by name. */
  private final Map<MetricName, MetricValueProvider<?>> registry = new HashMap<>();

  private final AtomicLong nanoTime = new AtomicLong();
  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

  /** As that of Kafka Connect 4.3: names are refused that are there, or that another added. */
  private final class Plugin implements PluginMetrics {

    private final Set<MetricName> own = new HashSet<>();
    private boolean closed;

    @Override
    @SuppressWarnings("NonApiType") // The interface has it so.
    public MetricName metricName(
        String name, String description, LinkedHashMap<String, String> tags) {
      Map<String, String> all = new LinkedHashMap<>();
      all.put("connector", "c");
      all.put("task", "1");
      all.putAll(tags);
      return new MetricName(name, "plugins", description, all);
    }

    @Override
    public void addMetric(MetricName name, MetricValueProvider<?> provider) {
      if (registry.putIfAbsent(name, provider) != null) {
        throw new IllegalArgumentException(name + " already exists");
      }
      own.add(name);
    }

    @Override
    public void removeMetric(MetricName name) {
      if (closed) {
        throw new IllegalStateException("closed");
      }
      if (!own.remove(name)) {
        throw new IllegalArgumentException(name + " was not added");
      }
      registry.remove(name);
    }

    @Override
    public Sensor addSensor(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void removeSensor(String name) {
      throw new UnsupportedOperationException();
    }
  }

  private static SinkTaskContext context(Supplier<Object> pluginMetrics) {
    return (SinkTaskContext)
        Proxy.newProxyInstance(
            MetricsRegistrationTest.class.getClassLoader(),
            new Class<?>[] {SinkTaskContext.class},
            (proxy, method, arguments) -> pluginMetrics.get());
  }

  private MetricsRegistration onWorker(Plugin plugin, SinkMetrics metrics) {
    return new MetricsRegistration(metrics, WorkerMetrics.of(context(() -> plugin)), nanoTime::get);
  }

  private MetricsRegistration byJmx(String connector, SinkMetrics metrics) {
    return new MetricsRegistration(metrics, new JmxMetrics(connector, "1"), nanoTime::get);
  }

  /** The object name and attribute of each metric, as Kafka's reporter for JMX makes them. */
  private Set<String> ofTheRegistry() {
    return registry.keySet().stream()
        .map(
            name ->
                "kafka.connect:type="
                    + name.group()
                    + name.tags().entrySet().stream()
                        .map(tag -> "," + tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining())
                    + " "
                    + name.name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> ofJmx(String connector) throws JMException {
    Set<String> found = new TreeSet<>();
    for (ObjectName name : names(connector)) {
      for (var attribute : beans.getMBeanInfo(name).getAttributes()) {
        assertThat(beans.getAttribute(name, attribute.getName())).isInstanceOf(Number.class);
        found.add(name + " " + attribute.getName());
      }
    }
    return found;
  }

  private Set<ObjectName> names(String connector) throws JMException {
    return beans.queryNames(
        new ObjectName("kafka.connect:type=plugins,connector=" + connector + ",*"), null);
  }

  private static Object valueOf(MetricValueProvider<?> provider) {
    return ((Gauge<?>) provider).value(new MetricConfig(), 0);
  }

  private static Set<String> catalogue() {
    Set<String> all = new TreeSet<>();
    String task = "kafka.connect:type=plugins,connector=c,task=1";
    for (Metric metric : Metric.values()) {
      List<String> tags = new ArrayList<>();
      metric.tag().ifPresent(tag -> tag.ids().forEach(id -> tags.add("," + tag.key() + "=" + id)));
      (tags.isEmpty() ? List.of("") : tags)
          .forEach(tag -> all.add(task + tag + " " + metric.metricName()));
    }
    return all;
  }

  @Test
  void bothKindsOfWorkersShowTheWholeCatalogueByTheSameNames() throws Exception {
    SinkMetrics metrics = SinkMetrics.system();
    metrics.received(3);
    metrics.broken(Rule.JSON);
    try (MetricsRegistration newer = onWorker(new Plugin(), metrics);
        MetricsRegistration older = byJmx("c", metrics)) {
      assertThat(ofTheRegistry()).isEqualTo(catalogue());
      assertThat(ofJmx("c")).isEqualTo(catalogue());
      assertThat(List.of(newer, older)).doesNotHaveDuplicates();
      ObjectName task = new ObjectName("kafka.connect:type=plugins,connector=c,task=1");
      ObjectName json = new ObjectName("kafka.connect:type=plugins,connector=c,task=1,rule=json");
      assertThat(beans.getAttribute(task, "records-received-total")).isEqualTo(3L);
      assertThat(beans.getAttribute(task, "write-latency-ms-p50")).isEqualTo(Double.NaN);
      assertThat(beans.getAttribute(json, "rejections-total")).isEqualTo(1L);
      registry.forEach(
          (name, provider) -> {
            if (name.name().equals("records-received-total")) {
              assertThat(valueOf(provider)).isEqualTo(3L);
            }
          });
    }
    assertThat(registry).isEmpty();
    assertThat(names("c")).isEmpty();
  }

  @Test
  void aTaskRunsWithoutMetricsUntilItsPredecessorHasEnded() {
    SinkMetrics later = SinkMetrics.system();
    MetricsRegistration zombie = onWorker(new Plugin(), SinkMetrics.system());
    Map<MetricName, MetricValueProvider<?>> held = Map.copyOf(registry);

    MetricsRegistration successor = onWorker(new Plugin(), later);
    assertThat(registry).as("nobody else's metrics are touched").isEqualTo(held);
    successor.close();
    assertThat(registry).isEqualTo(held);

    successor = onWorker(new Plugin(), later);
    zombie.close();
    nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(10) - 1);
    successor.tryAgain();
    assertThat(registry).as("not so soon").isEmpty();
    nanoTime.incrementAndGet();
    successor.tryAgain();
    assertThat(ofTheRegistry()).isEqualTo(catalogue());
    nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(60));
    successor.tryAgain();
    assertThat(ofTheRegistry()).isEqualTo(catalogue());
    successor.close();
    assertThat(registry).isEmpty();
  }

  /** The classes of Kafka Connect 4.3 themselves, with their reporter for JMX. */
  @Test
  void theRegistryOfARealWorkerGivesTheSameNamesAndRefusesThemTwice() throws Exception {
    SinkMetrics later = SinkMetrics.system();
    later.received(4);
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("connector", "c");
    tags.put("task", "1");
    try (Metrics worker =
            new Metrics(
                new MetricConfig(),
                List.of(new JmxReporter()),
                Time.SYSTEM,
                new KafkaMetricsContext("kafka.connect"));
        PluginMetricsImpl first = new PluginMetricsImpl(worker, tags);
        PluginMetricsImpl second = new PluginMetricsImpl(worker, tags)) {
      MetricsRegistration zombie =
          new MetricsRegistration(
              SinkMetrics.system(), WorkerMetrics.of(context(() -> first)), nanoTime::get);
      MetricsRegistration successor =
          new MetricsRegistration(later, WorkerMetrics.of(context(() -> second)), nanoTime::get);
      ObjectName task = new ObjectName("kafka.connect:type=plugins,connector=c,task=1");
      assertThat(ofJmx("c")).isEqualTo(catalogue());
      assertThat(beans.getAttribute(task, "records-received-total")).isEqualTo(0L);
      zombie.close();
      assertThat(names("c")).isEmpty();
      nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(10));
      successor.tryAgain();
      assertThat(ofJmx("c")).isEqualTo(catalogue());
      assertThat(beans.getAttribute(task, "records-received-total")).isEqualTo(4L);
      assertThat(beans.getAttribute(task, "batch-rows-avg")).isEqualTo(Double.NaN);
      successor.close();
      assertThat(names("c")).isEmpty();
    }
  }

  @Test
  void whatWasAddedBeforeANameThatIsTakenIsTakenBack() {
    Plugin other = new Plugin();
    MetricName taken = other.metricName("start-time-ms", "", new LinkedHashMap<>());
    other.addMetric(taken, (Gauge<Long>) (config, now) -> 1L);
    MetricsRegistration registration = onWorker(new Plugin(), SinkMetrics.system());
    assertThat(registry).containsOnlyKeys(taken);
    other.removeMetric(taken);
    nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(10));
    registration.tryAgain();
    assertThat(ofTheRegistry()).isEqualTo(catalogue());
  }

  @Test
  void aWorkerThatHasLetGoOfTheTaskFirstIsNoTrouble() {
    Plugin plugin = new Plugin();
    MetricsRegistration registration = onWorker(plugin, SinkMetrics.system());
    plugin.closed = true;
    registration.close();
    assertThat(registry).as("the worker's own to remove").isNotEmpty();
  }

  @Test
  void anOlderWorkerIsKnownByWhatItLacks() throws Exception {
    List<Error> lacks =
        List.of(new NoSuchMethodError("pluginMetrics"), new NoClassDefFoundError("PluginMetrics"));
    for (Error lack : lacks) {
      SinkTaskContext older =
          context(
              () -> {
                throw lack;
              });
      try (MetricsRegistration registration =
          MetricsRegistration.of(SinkMetrics.system(), older, "older", "0")) {
        registration.tryAgain();
        assertThat(names("older")).hasSize(1 + 19 + 11);
      }
      assertThat(names("older")).isEmpty();
    }
  }

  @Test
  void aWorkerThatFailsToGiveItsMetricsHidesNone() throws Exception {
    List<Throwable> faults =
        List.of(new IncompatibleClassChangeError("changed"), new IllegalStateException("none"));
    for (Throwable fault : faults) {
      SinkTaskContext broken =
          context(
              () -> {
                throw MetricsRegistrationTest.<RuntimeException>unchecked(fault);
              });
      try (MetricsRegistration registration =
          MetricsRegistration.of(SinkMetrics.system(), broken, "broken", "0")) {
        registration.tryAgain();
        assertThat(names("broken")).hasSize(1 + 19 + 11);
      }
      assertThat(names("broken")).isEmpty();
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable fault) throws T {
    throw (T) fault;
  }

  @Test
  void aDisplayThatFailsDoesNotFailTheTask() {
    for (Throwable fault :
        List.of(new NoSuchMethodError("addMetric"), new IllegalStateException("closed"))) {
      MetricsReporter broken =
          new MetricsReporter() {
            @Override
            public void show(List<MetricValue> readings) {
              throw MetricsRegistrationTest.<RuntimeException>unchecked(fault);
            }

            @Override
            public void hide() {
              throw new AssertionError("nothing is shown");
            }
          };
      MetricsRegistration registration =
          new MetricsRegistration(SinkMetrics.system(), broken, nanoTime::get);
      nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(10));
      registration.tryAgain();
      registration.close();
    }
  }

  /** JMX throws what is unchecked, too: here for a name that stands for many. */
  @Test
  void byJmxAllIsShownOrNothing() throws Exception {
    MetricValue good = new MetricValue(Metric.ROWS_BUFFERED, "", () -> 1);
    MetricValue bad = new MetricValue(Metric.REJECTIONS_TOTAL, "*", () -> 1);
    JmxMetrics display = new JmxMetrics("all", "1");
    assertThatThrownBy(() -> display.show(List.of(good, bad)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JMX");
    assertThat(names("all")).isEmpty();
  }

  /** A cancelled task may never end, and JMX has nobody who would clean up after it. */
  @Test
  void byJmxATaskTakesTheNamesOverAndItsPredecessorLeavesThemAlone() throws Exception {
    SinkMetrics first = SinkMetrics.system();
    SinkMetrics later = SinkMetrics.system();
    first.received(1);
    later.received(2);
    ObjectName name = new ObjectName("kafka.connect:type=plugins,connector=\"a,b\",task=1");
    MetricsRegistration zombie = byJmx("a,b", first);
    try (MetricsRegistration successor = byJmx("a,b", later)) {
      assertThat(beans.getAttribute(name, "records-received-total")).isEqualTo(2L);
      nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(60));
      zombie.tryAgain();
      assertThat(beans.getAttribute(name, "records-received-total")).isEqualTo(2L);
      zombie.close();
      assertThat(beans.getAttribute(name, "records-received-total")).isEqualTo(2L);
      assertThat(names("\"a,b\"")).hasSize(1 + 19 + 11);
    }
    assertThat(names("\"a,b\"")).isEmpty();
  }
}
