package io.datapoints.connect.metrics;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task's figures under their JMX name, {@code
 * io.datapoints.connect:type=sink-task-metrics,connector=C,task=N}. Metrics never decide whether a
 * task runs: a name that a cancelled task still holds is taken over, and a JMX error is logged.
 */
public final class Registration implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Registration.class);

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final SinkMetrics metrics;
  private final String name;

  private Registration(SinkMetrics metrics, String name) {
    this.metrics = metrics;
    this.name = name;
  }

  /** Registers the figures of a task of a connector. */
  public static Registration of(SinkMetrics metrics, String connector, String task) {
    String quoted = connector.matches("[\\w.-]+") ? connector : ObjectName.quote(connector);
    Registration registration =
        new Registration(
            metrics,
            "io.datapoints.connect:type=sink-task-metrics,connector=" + quoted + ",task=" + task);
    registration.open();
    return registration;
  }

  private void open() {
    try {
      register(new ObjectName(name));
    } catch (JMException e) {
      log.warn("The metrics of this task cannot be seen as {}", name, e);
    }
  }

  private void register(ObjectName objectName) throws JMException {
    try {
      server.registerMBean(metrics, objectName);
    } catch (InstanceAlreadyExistsException zombie) {
      log.debug("Taking over {} from a task that has not ended yet", name);
      server.unregisterMBean(objectName);
      server.registerMBean(metrics, objectName);
    }
  }

  @Override
  public void close() {
    try {
      ObjectName objectName = new ObjectName(name);
      if (server.isRegistered(objectName) && holdsOurs(objectName)) {
        server.unregisterMBean(objectName);
      }
    } catch (JMException e) {
      log.warn("The metrics of this task cannot be removed from {}", name, e);
    }
  }

  /** A successor may have taken the name over; its figures are left alone. */
  private boolean holdsOurs(ObjectName objectName) throws JMException {
    return server.getAttribute(objectName, "StartTimeMs").equals(metrics.getStartTimeMs());
  }
}
