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

/** Readings as the attributes of one MBean, each by the name of its metric. Read on any thread. */
final class ReadingsMBean implements DynamicMBean, MBeanRegistration {

  private final Map<String, Reading> readings = new LinkedHashMap<>();
  private volatile boolean registered;

  ReadingsMBean(List<Reading> readings) {
    readings.forEach(reading -> this.readings.put(reading.metric().metricName(), reading));
  }

  @Override
  public Object getAttribute(String name) throws AttributeNotFoundException {
    Reading reading = readings.get(name);
    if (reading == null) {
      throw new AttributeNotFoundException(name);
    }
    return reading.value().get();
  }

  /** Without those that there are not, as JMX has it. */
  @Override
  public AttributeList getAttributes(String[] names) {
    AttributeList found = new AttributeList();
    for (String name : names) {
      Reading reading = readings.get(name);
      if (reading != null) {
        found.add(new Attribute(name, reading.value().get()));
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
        ReadingsMBean.class.getName(),
        "Metrics of a task",
        readings.values().stream().map(ReadingsMBean::info).toArray(MBeanAttributeInfo[]::new),
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

  private static MBeanAttributeInfo info(Reading reading) {
    return new MBeanAttributeInfo(
        reading.metric().metricName(),
        Number.class.getName(),
        reading.metric().description(),
        true,
        false,
        false);
  }
}
