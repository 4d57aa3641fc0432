package io.datapoints.connect.metrics;

import java.util.List;
import javax.management.MBeanRegistration;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The metrics of a task as one MBean, which knows whether it is still registered. */
final class MetricsMBean extends ReadOnlyBean implements MBeanRegistration {

  private volatile boolean registered;

  MetricsMBean(List<MetricValue> values) {
    super("Metrics of a task", values.stream().map(MetricsMBean::shown).toList());
  }

  private static Shown shown(MetricValue value) {
    return new Shown(value.metric().metricName(), value.metric().description(), value::now);
  }

  /** Whether it still has its name, which another may have taken over. */
  boolean registered() {
    return registered;
  }

  @Override
  public ObjectName preRegister(MBeanServer server, ObjectName name) {
    return name;
  }

  @Override
  public void postRegister(Boolean done) {
    registered = done;
  }

  @Override
  public void preDeregister() {}

  @Override
  public void postDeregister() {
    registered = false;
  }
}
