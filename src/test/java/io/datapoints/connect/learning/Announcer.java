package io.datapoints.connect.learning;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says what happens: the event for Kafka, and beside it the row that the tables should have then.
 * The two are written down apart, as the mapping between them is what is to be proved.
 */
final class Announcer {

  /** The only term there is. */
  static final String TERM = "2026-autumn";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Serving serving;
  private Consumer<Event> listener = event -> {};
  private long activities;

  Announcer(Serving serving) {
    this.serving = serving;
  }

  /** Where events go from now on. */
  void tell(Consumer<Event> other) {
    listener = other;
  }

  private void send(String topic, Map<String, Object> key, Map<String, Object> value, long at) {
    listener.accept(new Event("learning." + topic, Fields.json(key), Fields.json(value), at));
  }

  void activeUsers(int users, int sessions, long at) {
    Instant minute = Instant.ofEpochMilli(at).truncatedTo(ChronoUnit.MINUTES);
    send(
        "active_users",
        Fields.of("minute", minute.toString()),
        Fields.of("users", users, "sessions", sessions, "ts", at),
        at);
    serving.put(
        "active_users",
        Fields.of("day", day(at), "at", minute, "users", users, "sessions", sessions));
  }

  void popularity(int rank, Course course, int learners, long at) {
    send(
        "course_popularity",
        Fields.of("day", day(at).toString(), "rank", rank),
        Fields.of("course_id", course.id, "title", course.title, "learners", learners, "ts", at),
        at);
    serving.put(
        "course_popularity",
        Fields.of(
            "day",
            day(at),
            "rank",
            rank,
            "course_id",
            course.id,
            "title",
            course.title,
            "learners",
            learners,
            "updated_at",
            Instant.ofEpochMilli(at)));
  }

  void video(Course course, Course.Video video, long at) {
    Double completion = video.completion.average();
    send(
        "video_engagement",
        Fields.of("video_id", video.id),
        Fields.of(
            "course_id", course.id,
            "video_id", video.id,
            "views", video.views,
            "watched", Fields.of("seconds", video.seconds, "completion", completion),
            "ts", at),
        at);
    serving.put(
        "video_engagement",
        Fields.of(
            "course_id", course.id,
            "day", day(at),
            "video_id", video.id,
            "views", video.views,
            "watch_seconds", video.seconds,
            "completion", completion,
            "updated_at", Instant.ofEpochMilli(at)));
  }

  /** Before the first quiz there is no average, and the column stays unset. */
  void course(Course course, long at) {
    Map<String, Object> fields =
        Fields.of(
            "term", TERM,
            "course_id", course.id,
            "title", course.title,
            "teacher", course.teacher,
            "students", course.students,
            "chapters", course.chapters.size(),
            "average_score", course.score.average());
    announceAll(
        "course_overview", "course_overview", Fields.of("course_id", course.id), fields, at);
  }

  void summary(int students, int courses, int enrollments, long readings, Score score, long at) {
    Map<String, Object> fields =
        Fields.of(
            "students", students,
            "courses", courses,
            "enrollments", enrollments,
            "readings", readings,
            "average_score", score.average());
    announceAll("summary", "system_summary", Fields.of("id", "all"), fields, at);
  }

  /** Fields that have the names of their columns. */
  private void announceAll(
      String topic, String table, Map<String, Object> key, Map<String, Object> fields, long at) {
    Map<String, Object> value = new LinkedHashMap<>(fields);
    value.put("ts", at);
    send(topic, key, value, at);
    Map<String, Object> row = new LinkedHashMap<>(fields);
    row.putAll(key);
    row.put("updated_at", Instant.ofEpochMilli(at));
    serving.put(table, row);
  }

  /** A record that says only when the student was seen leaves the other columns as they are. */
  void seen(Student student, long at) {
    student(student.id, Fields.of(), at);
  }

  void student(Student student, long at) {
    student(
        student.id,
        Fields.of(
            "name", student.name,
            "courses", student.courses.size(),
            "readings", student.readings,
            "quizzes", student.score.count(),
            "average_score", student.score.average()),
        at);
  }

  private void student(String id, Map<String, Object> fields, long at) {
    Map<String, Object> key = Fields.of("student_id", id);
    Map<String, Object> value = new LinkedHashMap<>(key);
    value.putAll(fields);
    value.put("ts", at);
    send("student_overview", key, value, at);
    Map<String, Object> row = new LinkedHashMap<>(key);
    row.putAll(fields);
    row.put("last_seen", Instant.ofEpochMilli(at));
    serving.put("student_overview", row);
  }

  void enrolled(Student student, Course course, long at) {
    Map<String, Object> key = Fields.of("student_id", student.id, "course_id", course.id);
    send(
        "enrollments",
        key,
        Fields.of(
            "student_name",
            student.name,
            "course_title",
            course.title,
            "status",
            "ACTIVE",
            "ts",
            at),
        at);
    Map<String, Object> row = new LinkedHashMap<>(key);
    row.put("enrolled_at", Instant.ofEpochMilli(at));
    row.put("status", "active");
    Map<String, Object> ofCourse = new LinkedHashMap<>(row);
    row.put("course_title", course.title);
    ofCourse.put("student_name", student.name);
    serving.put("student_course_enrollment", row);
    serving.put("course_student_enrollment", ofCourse);
  }

  /** A record without a value, which takes the row out of both tables. */
  void left(Student student, Course course, long at) {
    Map<String, Object> key = Fields.of("student_id", student.id, "course_id", course.id);
    listener.accept(new Event("learning.enrollments", Fields.json(key), null, at));
    serving.remove("student_course_enrollment", key);
    serving.remove("course_student_enrollment", key);
  }

  /**
   * How far a student is. The record brings of chapters and scores only what is new.
   *
   * @param chapter null where none was completed
   * @param best null where no score was bettered
   */
  void progress(
      Student student,
      Course course,
      Student.Progress progress,
      @Nullable String chapter,
      @Nullable Double best,
      long at) {
    Map<String, Object> key = Fields.of("student_id", student.id, "course_id", course.id);
    Map<String, Object> value = new LinkedHashMap<>(key);
    value.putAll(
        Fields.of(
            "pages_read",
            progress.pages,
            "seconds_read",
            progress.seconds,
            "completed",
            chapter == null ? null : List.of(chapter),
            "scores",
            chapter == null || best == null ? null : Map.of(chapter, best),
            "ts",
            at));
    send("student_course", key, value, at);
    Map<String, Object> row = new LinkedHashMap<>(key);
    row.putAll(
        Fields.of(
            "pages_read",
            progress.pages,
            "seconds_read",
            progress.seconds,
            "completed_chapters",
            progress.completed.isEmpty() ? null : copy(progress),
            "best_scores",
            progress.best.isEmpty() ? null : Map.copyOf(progress.best),
            "updated_at",
            Instant.ofEpochMilli(at)));
    serving.put("student_course_detailed", row);
  }

  private static Set<String> copy(Student.Progress progress) {
    return Set.copyOf(progress.completed);
  }

  void logins(int users, long logins, long at) {
    Instant hour = Instant.ofEpochMilli(at).truncatedTo(ChronoUnit.HOURS);
    send(
        "auth",
        Fields.of("hour", hour.toString()),
        Fields.of("users", users, "logins", logins, "ts", at),
        at);
    serving.put(
        "auth_daily_active_users",
        Fields.of(
            "month", day(at).withDayOfMonth(1), "hour", hour, "users", users, "logins", logins));
  }

  void activity(Student student, Course course, String kind, long at) {
    String id = "a-" + activities++;
    send(
        "activity",
        Fields.of("id", id),
        Fields.of(
            "id", id, "student_id", student.id, "course_id", course.id, "kind", kind, "ts", at),
        at);
    Instant time = Instant.ofEpochMilli(at);
    serving.put(
        "recent_activity",
        Fields.of(
            "hour",
            time.truncatedTo(ChronoUnit.HOURS),
            "at",
            time,
            "activity_id",
            id,
            "student_id",
            student.id,
            "course_id",
            course.id,
            "kind",
            kind));
  }

  void engagement(Course course, int band, int students, long at) {
    send(
        "engagement",
        Fields.of("course_id", course.id, "band", band),
        Fields.of("course_id", course.id, "band", band, "students", students, "ts", at),
        at);
    serving.put(
        "engagement_distribution",
        Fields.of(
            "course_id",
            course.id,
            "day",
            day(at),
            "band",
            band,
            "students",
            students,
            "updated_at",
            Instant.ofEpochMilli(at)));
  }

  void reading(Student student, Course course, String chapter, int pages, int seconds, long at) {
    send(
        "reading",
        Fields.of("student_id", student.id),
        Fields.of(
            "student_id", student.id,
            "course_id", course.id,
            "chapter_id", chapter,
            "pages", pages,
            "seconds", seconds,
            "ts", at),
        at);
    serving.put(
        "reading_log",
        Fields.of(
            "student_id",
            student.id,
            "at",
            Instant.ofEpochMilli(at),
            "chapter_id",
            chapter,
            "course_id",
            course.id,
            "pages",
            pages,
            "seconds",
            seconds));
  }

  void chapter(Course course, Course.Chapter chapter, long at) {
    Map<String, Object> details = new LinkedHashMap<>();
    chapter.answers.forEach(
        (question, answers) ->
            details.put(question, Fields.of("right", answers[0], "wrong", answers[1])));
    Map<String, Object> columns =
        Fields.of(
            "course_id", course.id,
            "chapter_id", chapter.id,
            "attempts", chapter.score.count(),
            "average_score", chapter.score.average(),
            "hardest_question", chapter.hardest());
    Map<String, Object> value = new LinkedHashMap<>(columns);
    value.put("details", details);
    value.put("ts", at);
    send("chapters", Fields.of("chapter_id", chapter.id), value, at);
    Map<String, Object> row = new LinkedHashMap<>(columns);
    row.put("details", JSON.valueToTree(details));
    row.put("updated_at", Instant.ofEpochMilli(at));
    serving.put("chapter_performance", row);
  }

  /**
   * What was done in one sitting.
   *
   * @param mistakes null where none was made
   */
  void session(
      Student student,
      String id,
      Map<String, String> device,
      int seconds,
      @Nullable List<Map<String, String>> mistakes,
      long at) {
    send(
        "sessions",
        Fields.of("student_id", student.id),
        Fields.of(
            "student_id", student.id,
            "session_id", id,
            "device", device,
            "seconds", seconds,
            "mistakes", mistakes,
            "ts", at),
        at);
    serving.put(
        "student_session",
        Fields.of(
            "student_id", student.id,
            "started_at", Instant.ofEpochMilli(at),
            "session_id", id,
            "device", device,
            "seconds", seconds,
            "mistakes", mistakes));
  }

  private static LocalDate day(long at) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(at), ZoneOffset.UTC);
  }
}
