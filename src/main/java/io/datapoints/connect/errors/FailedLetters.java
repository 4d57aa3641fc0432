package io.datapoints.connect.errors;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.common.utils.Sanitizer;

/**
 * The worker's count of a task's dead letters that it could not write. The worker counts a failure
 * before it completes the future of the dead letter.
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
