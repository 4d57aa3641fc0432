package io.datapoints.connect.http.metrics;

import io.datapoints.connect.metrics.ReadOnlyBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readings as MBeans: {@code datapoints.connect:type=http-door}, and for those with tags one bean
 * for each of their values. A name that is taken, by another door in this JVM, is left to it.
 */
public final class DoorBeans implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DoorBeans.class);
  private static final String PREFIX = "datapoints.connect:type=http-door";

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final List<ObjectName> shown = new ArrayList<>();

  /** Shows them until this is closed. */
  public DoorBeans(List<Reading> readings) {
    Map<String, List<Reading>> byName = new LinkedHashMap<>();
    for (Reading reading : readings) {
      byName.computeIfAbsent(name(reading), first -> new ArrayList<>()).add(reading);
    }
    try {
      for (Map.Entry<String, List<Reading>> bean : byName.entrySet()) {
        ObjectName name = new ObjectName(bean.getKey());
        server.registerMBean(bean(bean.getValue()), name);
        shown.add(name);
      }
    } catch (InstanceAlreadyExistsException e) {
      close();
      log.warn("Another door of this JVM is shown by JMX; this one is in /metrics alone");
    } catch (JMException e) {
      close();
      log.warn("The door cannot be shown by JMX: {}", e.toString());
    }
  }

  private static ReadOnlyBean bean(List<Reading> readings) {
    return new ReadOnlyBean(
        "Metrics of the door",
        readings.stream()
            .map(
                each -> new ReadOnlyBean.Shown(each.name(), each.metric().description(), each::now))
            .toList());
  }

  private static String name(Reading reading) {
    StringBuilder name = new StringBuilder(PREFIX);
    reading
        .tags()
        .forEach(
            (tag, value) ->
                name.append(',').append(tag).append('=').append(ObjectName.quote(value)));
    return name.toString();
  }

  @Override
  public void close() {
    for (ObjectName name : shown) {
      try {
        server.unregisterMBean(name);
      } catch (JMException gone) {
        log.debug("{} is gone already", name, gone);
      }
    }
    shown.clear();
  }
}
