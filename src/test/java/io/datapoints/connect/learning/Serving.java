package io.datapoints.connect.learning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What the serving tables should hold after all that the platform has said so far. */
public final class Serving {

  private final Map<String, ServingTable> tables = new LinkedHashMap<>();
  private boolean kept = true;

  /** All tables, empty. */
  public Serving() {
    table("active_users", List.of("day"), "at DESC");
    table("course_popularity", List.of("day"), "rank");
    table("video_engagement", List.of("course_id", "day"), "video_id");
    table("course_overview", List.of("term"), "course_id");
    table("student_overview", List.of("student_id"));
    table("student_course_enrollment", List.of("student_id"), "course_id");
    table("course_student_enrollment", List.of("course_id"), "student_id");
    table("student_course_detailed", List.of("student_id"), "course_id");
    table("auth_daily_active_users", List.of("month"), "hour DESC");
    table("system_summary", List.of("id"));
    table("recent_activity", List.of("hour"), "at DESC", "activity_id");
    table("engagement_distribution", List.of("course_id", "day"), "band");
    table("reading_log", List.of("student_id"), "at DESC", "chapter_id");
    table("chapter_performance", List.of("course_id", "chapter_id"));
    table("student_session", List.of("student_id"), "started_at DESC", "session_id");
  }

  private void table(String name, List<String> partitionKey, String... clusteringKey) {
    tables.put(name, new ServingTable(partitionKey, clusteringKey));
  }

  private ServingTable table(String name) {
    return Objects.requireNonNull(tables.get(name), name);
  }

  /** The names of the tables. */
  public Set<String> tables() {
    return tables.keySet();
  }

  void put(String table, Map<String, Object> row) {
    if (kept) {
      table(table).put(row);
    }
  }

  void remove(String table, Map<String, Object> key) {
    table(table).remove(key);
  }

  /** How many rows a table should have. */
  public long rows(String table) {
    return table(table).rows();
  }

  /** The rows of a table, each with the columns that have a value. */
  List<Map<String, Object>> all(String table) {
    return table(table).all().toList();
  }

  /** How many rows all tables together should have. */
  public long rows() {
    return tables.values().stream().mapToLong(ServingTable::rows).sum();
  }

  /** The rows that should be the answer. */
  List<Map<String, Object>> answer(Question question) {
    return table(question.query().table()).answer(question);
  }

  /**
   * The query asked of each partition, of that with most rows first.
   *
   * @param from what is asked for where the query has a lower bound
   * @param limit how many rows are asked for where the query has a limit
   */
  public List<Question> questions(DashboardQuery query, Object from, int limit) {
    List<Question> questions = new ArrayList<>();
    for (List<Object> partition : table(query.table()).largestFirst()) {
      List<Object> arguments = new ArrayList<>(partition);
      query.from().forEach(column -> arguments.add(from));
      if (query.limited()) {
        arguments.add(limit);
      }
      questions.add(new Question(query, List.copyOf(arguments)));
    }
    return questions;
  }

  /** From now on it knows nothing: nobody will ask, and memory is not to grow for ever. */
  public void forget() {
    kept = false;
    tables.values().forEach(ServingTable::clear);
  }
}
