package io.datapoints.connect.learning;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the dashboards ask. Each query names one whole partition key. */
public enum DashboardQuery {
  SUMMARY(
      """
      SELECT students, courses, enrollments, readings, average_score, updated_at
      FROM system_summary WHERE id = ?"""),
  DAILY_ACTIVE_USERS(
      """
      SELECT hour, users, logins
      FROM auth_daily_active_users WHERE month = ? AND hour >= ?"""),
  COURSE_POPULARITY(
      """
      SELECT rank, course_id, title, learners, updated_at
      FROM course_popularity WHERE day = ? LIMIT ?"""),
  ALL_COURSES(
      """
      SELECT course_id, title, teacher, students, chapters, average_score, updated_at
      FROM course_overview WHERE term = ?"""),
  STUDENT(
      """
      SELECT name, courses, readings, quizzes, average_score, last_seen
      FROM student_overview WHERE student_id = ?"""),
  COURSES_OF_STUDENT(
      """
      SELECT course_id, course_title, enrolled_at, status
      FROM student_course_enrollment WHERE student_id = ?"""),
  STUDENTS_OF_COURSE(
      """
      SELECT student_id, student_name, enrolled_at, status
      FROM course_student_enrollment WHERE course_id = ?"""),
  RECENT_READING(
      """
      SELECT at, chapter_id, course_id, pages, seconds
      FROM reading_log WHERE student_id = ? LIMIT ?"""),
  CHAPTER(
      """
      SELECT attempts, average_score, hardest_question, details, updated_at
      FROM chapter_performance WHERE course_id = ? AND chapter_id = ?"""),
  ACTIVE_USERS(
      """
      SELECT at, users, sessions
      FROM active_users WHERE day = ? AND at >= ?"""),
  VIDEOS_OF_COURSE(
      """
      SELECT video_id, views, watch_seconds, completion, updated_at
      FROM video_engagement WHERE course_id = ? AND day = ?"""),
  PROGRESS_OF_STUDENT(
      """
      SELECT course_id, pages_read, seconds_read, completed_chapters, best_scores, updated_at
      FROM student_course_detailed WHERE student_id = ?"""),
  RECENT_ACTIVITY(
      """
      SELECT at, activity_id, student_id, course_id, kind
      FROM recent_activity WHERE hour = ? LIMIT ?"""),
  ENGAGEMENT(
      """
      SELECT band, students, updated_at
      FROM engagement_distribution WHERE course_id = ? AND day = ?"""),
  SESSIONS_OF_STUDENT(
      """
      SELECT started_at, session_id, device, seconds, mistakes
      FROM student_session WHERE student_id = ? LIMIT ?""");

  private static final Pattern FORM =
      Pattern.compile("SELECT (.+?)\\s+FROM (\\w+) WHERE (.+?)( LIMIT \\?)?", Pattern.DOTALL);
  private static final String EQUAL = " = ?";
  private static final String FROM = " >= ?";

  private final String cql;

  DashboardQuery(String cql) {
    this.cql = cql;
  }

  private Matcher form() {
    Matcher form = FORM.matcher(cql);
    if (!form.matches()) {
      throw new IllegalStateException(cql);
    }
    return form;
  }

  /** With a question mark for each argument. */
  public String cql() {
    return cql;
  }

  /** The table that it reads. */
  public String table() {
    return form().group(2);
  }

  /** What it returns, in order. */
  List<String> columns() {
    return List.of(form().group(1).split(", ", -1));
  }

  /** The columns that equal an argument. */
  List<String> equal() {
    return restricted(EQUAL);
  }

  /** The columns that have a lower bound: none or one, whose argument follows those of equal. */
  List<String> from() {
    return restricted(FROM);
  }

  private List<String> restricted(String relation) {
    return Arrays.stream(form().group(3).split(" AND ", -1))
        .filter(each -> each.endsWith(relation))
        .map(each -> each.substring(0, each.length() - relation.length()))
        .toList();
  }

  /** Whether its last argument is the number of rows wanted. */
  boolean limited() {
    return form().group(4) != null;
  }

  /** As a sentence names it, such as "recent reading". */
  public String title() {
    return name().replace('_', ' ').toLowerCase(Locale.ROOT);
  }
}
