package io.datapoints.connect.errors;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.common.utils.Sanitizer;

/**
 * How many dead letters of a task its worker could not write, as the worker counts them. The count
 * goes up before the future of such a dead letter is done.
 */
final class FailedLetters {

  private static final String COUNT = "deadletterqueue-produce-failures";

  private final String bean;

  FailedLetters(Map<String, String> settings) {
    this.bean =
        "kafka.connect:type=task-error-metrics,connector="
            + Sanitizer.jmxSanitize(settings.getOrDefault("name", ""))
            + ",task="
            + settings.getOrDefault("task.id", "0");
  }

  /** Empty for a worker whose metrics are not in JMX. */
  OptionalLong count() {
    try {
      Object count =
          ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(bean), COUNT);
      return count instanceof Number number
          ? OptionalLong.of(number.longValue())
          : OptionalLong.empty();
    } catch (JMException absent) {
      return OptionalLong.empty();
    }
  }
}
