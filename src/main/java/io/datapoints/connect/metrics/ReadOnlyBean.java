package io.datapoints.connect.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import org.jspecify.annotations.Nullable;

/** Numbers as the attributes of one MBean, which can be read and nothing else. Thread safe. */
public class ReadOnlyBean implements DynamicMBean {

  private final String description;
  private final Map<String, Shown> shown = new LinkedHashMap<>();

  /**
   * A number.
   *
   * @param name that of the attribute
   * @param description for people
   * @param now asked at each reading, on any thread
   */
  public record Shown(String name, String description, Supplier<? extends Number> now) {}

  /**
   * @param description of the bean
   * @param numbers in the order in which they are listed
   */
  public ReadOnlyBean(String description, List<Shown> numbers) {
    this.description = description;
    numbers.forEach(each -> shown.put(each.name(), each));
  }

  @Override
  public final Object getAttribute(String name) throws AttributeNotFoundException {
    Shown number = shown.get(name);
    if (number == null) {
      throw new AttributeNotFoundException(name);
    }
    return number.now().get();
  }

  /** Without those that there are not, as JMX has it. */
  @Override
  public final AttributeList getAttributes(String[] names) {
    AttributeList found = new AttributeList();
    for (String name : names) {
      Shown number = shown.get(name);
      if (number != null) {
        found.add(new Attribute(name, number.now().get()));
      }
    }
    return found;
  }

  @Override
  public final void setAttribute(Attribute attribute) throws AttributeNotFoundException {
    throw new AttributeNotFoundException(attribute.getName() + " cannot be written");
  }

  @Override
  public final AttributeList setAttributes(AttributeList attributes) {
    return new AttributeList();
  }

  @Override
  public final Object invoke(
      String action, Object @Nullable [] parameters, String @Nullable [] signature) {
    throw new UnsupportedOperationException(action);
  }

  @Override
  public final MBeanInfo getMBeanInfo() {
    return new MBeanInfo(
        getClass().getName(),
        description,
        shown.values().stream().map(ReadOnlyBean::info).toArray(MBeanAttributeInfo[]::new),
        null,
        null,
        null);
  }

  private static MBeanAttributeInfo info(Shown number) {
    return new MBeanAttributeInfo(
        number.name(), Number.class.getName(), number.description(), true, false, false);
  }
}
