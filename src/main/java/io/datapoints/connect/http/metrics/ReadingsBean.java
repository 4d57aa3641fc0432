package io.datapoints.connect.http.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import org.jspecify.annotations.Nullable;

/** Readings as the attributes of one MBean, each by its name. Read on any thread. */
final class ReadingsBean implements DynamicMBean {

  private final Map<String, Reading> readings = new LinkedHashMap<>();

  ReadingsBean(List<Reading> readings) {
    readings.forEach(reading -> this.readings.put(reading.name(), reading));
  }

  @Override
  public Object getAttribute(String name) throws AttributeNotFoundException {
    Reading reading = readings.get(name);
    if (reading == null) {
      throw new AttributeNotFoundException(name);
    }
    return reading.now();
  }

  /** Without those that there are not, as JMX has it. */
  @Override
  public AttributeList getAttributes(String[] names) {
    AttributeList found = new AttributeList();
    for (String name : names) {
      Reading reading = readings.get(name);
      if (reading != null) {
        found.add(new Attribute(name, reading.now()));
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
        ReadingsBean.class.getName(),
        "Metrics of the door",
        readings.values().stream().map(ReadingsBean::info).toArray(MBeanAttributeInfo[]::new),
        null,
        null,
        null);
  }

  private static MBeanAttributeInfo info(Reading reading) {
    return new MBeanAttributeInfo(
        reading.name(), Number.class.getName(), reading.metric().description(), true, false, false);
  }
}
