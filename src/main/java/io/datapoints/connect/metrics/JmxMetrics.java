package io.datapoints.connect.metrics;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.utils.Sanitizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MBeans of our own, for workers without metrics of plugins, by the names that newer workers give:
 * {@code kafka.connect:type=plugins,connector=C,task=N}, with one more tag where a metric has one.
 * A name that is there already is taken over: it is that of a cancelled task of the same number,
 * which may never end.
 *
 * <p>Kafka's own JmxReporter takes names over as well, but removes by name: a predecessor that ends
 * late would take away the beans of its successor, and with them the worker's own count of metrics.
 */
final class JmxMetrics implements MetricsReporter {

  private static final Logger log = LoggerFactory.getLogger(JmxMetrics.class);

  /** Held while names change hands, so that no task removes what another has just taken. */
  private static final Object NAMES = new Object();

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final String prefix;
  private final Map<ObjectName, MetricsMBean> shown = new LinkedHashMap<>();

  JmxMetrics(String connector, String task) {
    this.prefix =
        "kafka.connect:type=plugins,connector="
            + Sanitizer.jmxSanitize(connector)
            + ",task="
            + Sanitizer.jmxSanitize(task);
  }

  @Override
  public void show(List<MetricValue> values) {
    Map<String, List<MetricValue>> byName = new LinkedHashMap<>();
    for (MetricValue value : values) {
      StringBuilder name = new StringBuilder(prefix);
      value.tags().forEach((key, id) -> name.append(',').append(key).append('=').append(id));
      byName.computeIfAbsent(name.toString(), first -> new ArrayList<>()).add(value);
    }
    try {
      for (Map.Entry<String, List<MetricValue>> bean : byName.entrySet()) {
        show(new ObjectName(bean.getKey()), new MetricsMBean(bean.getValue()));
      }
    } catch (JMException | RuntimeException e) {
      hide();
      throw new IllegalArgumentException("cannot be shown by JMX", e);
    }
  }

  private void show(ObjectName name, MetricsMBean bean) throws JMException {
    synchronized (NAMES) {
      if (server.isRegistered(name)) {
        log.debug("Taking over {} from a task that has not ended", name);
        unregister(name);
      }
      server.registerMBean(bean, name);
      shown.put(name, bean);
    }
  }

  @Override
  public void hide() {
    synchronized (NAMES) {
      shown.forEach(
          (name, bean) -> {
            if (bean.registered()) {
              unregister(name);
            }
          });
      shown.clear();
    }
  }

  private void unregister(ObjectName name) {
    try {
      server.unregisterMBean(name);
    } catch (JMException gone) {
      log.debug("{} is gone already", name, gone);
    }
  }
}
