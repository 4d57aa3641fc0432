package io.datapoints.connect.metrics;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task's figures under their JMX name, {@code
 * io.datapoints.connect:type=sink-task-metrics,connector=C,task=N}. Metrics never decide whether a
 * task runs: a cancelled task that still holds the name is replaced.
 */
public final class Registration implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Registration.class);

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName name;
  private final SinkMetrics metrics;

  /**
   * Registers the figures.
   *
   * @throws JMException when the server will not have them
   */
  public Registration(SinkMetrics metrics, String connector, String task) throws JMException {
    this.metrics = metrics;
    this.name =
        new ObjectName(
            "io.datapoints.connect:type=sink-task-metrics,connector="
                + (connector.matches("[\\w.-]+") ? connector : ObjectName.quote(connector))
                + ",task="
                + task);
    try {
      server.registerMBean(metrics, name);
    } catch (InstanceAlreadyExistsException zombie) {
      log.debug("Taking over {} from a task that has not ended yet", name);
      server.unregisterMBean(name);
      server.registerMBean(metrics, name);
    }
  }

  @Override
  public void close() {
    try {
      if (server.isRegistered(name) && holdsOurs()) {
        server.unregisterMBean(name);
      }
    } catch (InstanceNotFoundException alreadyGone) {
      log.debug("{} was already gone", name);
    } catch (JMException e) {
      log.warn("Could not remove {}", name, e);
    }
  }

  /** A successor may have taken the name over; its figures are left alone. */
  private boolean holdsOurs() throws JMException {
    return server.getAttribute(name, "StartTimeMs").equals(metrics.getStartTimeMs());
  }
}
