package io.datapoints.connect.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanRegistration;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Metrics as the attributes of one MBean, each by the name of its metric. Read on any thread. */
final class MetricsMBean implements DynamicMBean, MBeanRegistration {

  private final Map<String, MetricValue> values = new LinkedHashMap<>();
  private volatile boolean registered;

  MetricsMBean(List<MetricValue> values) {
    values.forEach(value -> this.values.put(value.metric().metricName(), value));
  }

  @Override
  public Object getAttribute(String name) throws AttributeNotFoundException {
    MetricValue value = values.get(name);
    if (value == null) {
      throw new AttributeNotFoundException(name);
    }
    return value.now();
  }

  /** Without those that there are not, as JMX has it. */
  @Override
  public AttributeList getAttributes(String[] names) {
    AttributeList found = new AttributeList();
    for (String name : names) {
      MetricValue value = values.get(name);
      if (value != null) {
        found.add(new Attribute(name, value.now()));
      }
    }
    return found;
  }

  @Override
  public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
    throw new AttributeNotFoundException(attribute.getName() + " cannot be written");
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    return new AttributeList();
  }

  @Override
  public Object invoke(
      String action, Object @Nullable [] parameters, String @Nullable [] signature) {
    throw new UnsupportedOperationException(action);
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    return new MBeanInfo(
        MetricsMBean.class.getName(),
        "Metrics of a task",
        values.values().stream().map(MetricsMBean::info).toArray(MBeanAttributeInfo[]::new),
        null,
        null,
        null);
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

  private static MBeanAttributeInfo info(MetricValue value) {
    return new MBeanAttributeInfo(
        value.metric().metricName(),
        Number.class.getName(),
        value.metric().description(),
        true,
        false,
        false);
  }
}
