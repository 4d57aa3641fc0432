package io.datapoints.connect.learning;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What producers really send now and then. Each of these is one record that no table takes. */
public final class BrokenEvents {

  private static final String STUDENT = "{\"student_id\":\"s-0001\"}";

  private BrokenEvents() {}

  /**
   * One of each kind.
   *
   * @param at milliseconds since the epoch
   */
  public static List<Event> all(long at) {
    return List.of(
        event("sessions", STUDENT, "{\"student_id\": \"s-0001\", \"session_", at),
        event("summary", "{\"id\":\"all\"}", "not JSON at all", at),
        // A text that is no time.
        event(
            "reading",
            STUDENT,
            "{\"student_id\":\"s-0001\",\"chapter_id\":\"c-01-ch01\",\"ts\":\"yesterday\"}",
            at),
        // A text that is no number.
        event("auth", "{}", "{\"users\":\"many\",\"logins\":1,\"ts\":%d}".formatted(at), at),
        // A number that is too large for its column.
        event(
            "active_users",
            "{}",
            "{\"users\":3000000000,\"sessions\":1,\"ts\":%d}".formatted(at),
            at),
        // No primary key: in the value, and in the key of the record.
        event("student_overview", STUDENT, "{\"name\":\"Nobody\",\"ts\":%d}".formatted(at), at),
        event("enrollments", STUDENT, "{\"status\":\"ACTIVE\",\"ts\":%d}".formatted(at), at),
        event("enrollments", null, null, at),
        // A text where an object has to be.
        event(
            "sessions",
            STUDENT,
            "{\"student_id\":\"s-0001\",\"session_id\":\"x\",\"device\":\"phone\",\"ts\":%d}"
                .formatted(at),
            at));
  }

  private static Event event(String topic, @Nullable String key, @Nullable String value, long at) {
    return new Event("learning." + topic, key, value, at);
  }
}
