package io.datapoints.connect.kit;

import java.io.IOException;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.rmi.UnmarshalException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** MBeans of another virtual machine on this host. */
final class Jmx {

  /**
   * So often, since what a collection finds to be finalized only the next one frees, and since the
   * serial collector leaves up to a twentieth of the old space uncollected, save each fourth time.
   */
  private static final int COLLECTIONS = 5;

  private Jmx() {}

  /** One attribute; what is missing is an {@link IOException}. */
  static Object attribute(int port, String bean, String attribute) throws IOException {
    return read(port, beans -> beans.getAttribute(new ObjectName(bean), attribute));
  }

  /** The names that match a pattern, in order. */
  static List<String> names(int port, String pattern) throws IOException {
    return read(
        port,
        beans ->
            beans.queryNames(new ObjectName(pattern), null).stream()
                .map(ObjectName::getCanonicalName)
                .sorted()
                .toList());
  }

  /** Attributes of every MBean whose name matches, in one connection. */
  static Map<String, Map<String, Object>> attributes(int port, String pattern, String... attributes)
      throws IOException {
    return read(
        port,
        beans -> {
          Map<String, Map<String, Object>> found = new TreeMap<>();
          for (ObjectName name : beans.queryNames(new ObjectName(pattern), null)) {
            Map<String, Object> values = new HashMap<>();
            beans.getAttributes(name, attributes).asList().stream()
                .forEach(each -> values.put(each.getName(), each.getValue()));
            found.put(name.getCanonicalName(), values);
          }
          return found;
        });
  }

  /** Sets an attribute. */
  static void set(int port, String bean, String attribute, Object value) throws IOException {
    read(
        port,
        beans -> {
          beans.setAttribute(new ObjectName(bean), new Attribute(attribute, value));
          return value;
        });
  }

  /** Registers something under a name, so that nobody else can. */
  static void occupy(int port, String bean) throws IOException {
    read(port, beans -> beans.createMBean("javax.management.timer.Timer", new ObjectName(bean)));
  }

  /** Every attribute that can be read, a line each; an MBean that has just gone is left out. */
  static String dump(int port) throws IOException {
    return read(
        port,
        beans -> {
          StringBuilder lines = new StringBuilder();
          for (ObjectName name : beans.queryNames(null, null)) {
            lines.append(dump(beans, name));
          }
          return lines.toString();
        });
  }

  private static String dump(MBeanServerConnection beans, ObjectName name)
      throws JMException, IOException {
    StringBuilder lines = new StringBuilder();
    try {
      for (MBeanAttributeInfo each : beans.getMBeanInfo(name).getAttributes()) {
        lines
            .append(name)
            .append(' ')
            .append(each.getName())
            .append('=')
            .append(text(beans, name, each.getName()))
            .append('\n');
      }
    } catch (InstanceNotFoundException gone) {
      return "";
    }
    return lines.toString();
  }

  /** Of a constant of a class that only the other side has, the class must do. */
  private static String text(MBeanServerConnection beans, ObjectName name, String attribute)
      throws JMException, IOException {
    try {
      return beans.getAttributes(name, new String[] {attribute}).asList().stream()
          .map(each -> Arrays.deepToString(new Object[] {each.getValue()}))
          .findFirst()
          .orElse("(not readable)");
    } catch (UnmarshalException e) {
      if (e.getCause() instanceof ClassNotFoundException unknown) {
        return String.valueOf(unknown.getMessage());
      }
      throw e;
    }
  }

  /** The names of all threads that live. */
  static List<String> threads(int port) throws IOException {
    return read(
        port,
        beans -> {
          ThreadMXBean threads =
              ManagementFactory.newPlatformMXBeanProxy(
                  beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
          return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
              .filter(Objects::nonNull)
              .map(ThreadInfo::getThreadName)
              .toList();
        });
  }

  /** Collects garbage, and then tells what is left. */
  static Retained collect(int port) throws IOException {
    return read(
        port,
        beans -> {
          MemoryMXBean memory =
              ManagementFactory.newPlatformMXBeanProxy(
                  beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
          ClassLoadingMXBean classes =
              ManagementFactory.newPlatformMXBeanProxy(
                  beans, ManagementFactory.CLASS_LOADING_MXBEAN_NAME, ClassLoadingMXBean.class);
          for (int round = 0; round < COLLECTIONS; round++) {
            memory.gc();
          }
          return new Retained(
              classes.getLoadedClassCount(),
              memory.getNonHeapMemoryUsage().getUsed(),
              memory.getHeapMemoryUsage().getUsed());
        });
  }

  private interface Question<T> {
    T ask(MBeanServerConnection beans) throws JMException, IOException;
  }

  // The URL is built here from a port number; what answers is a process of this kit.
  @SuppressWarnings("BanJNDI")
  private static <T> T read(int port, Question<T> question) throws IOException {
    JMXServiceURL url =
        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
    try (JMXConnector connector = JMXConnectorFactory.connect(url)) {
      return question.ask(connector.getMBeanServerConnection());
    } catch (JMException e) {
      throw new IOException(e);
    }
  }
}
