package io.datapoints.connect.learning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A course of the platform and what has come of it so far. */
final class Course {

  /** How students did in a chapter. */
  static final class Chapter {
    final String id;
    final Score score = new Score();

    /** Right and wrong answers by question. */
    final Map<String, int[]> answers = new TreeMap<>();

    Chapter(String id) {
      this.id = id;
    }

    /** The question with most wrong answers. */
    String hardest() {
      String hardest = "";
      int most = -1;
      for (Map.Entry<String, int[]> each : answers.entrySet()) {
        if (each.getValue()[1] > most) {
          most = each.getValue()[1];
          hardest = each.getKey();
        }
      }
      return hardest;
    }
  }

  /** How a video was watched today. */
  static final class Video {
    final String id;
    int views;
    long seconds;
    final Score completion = new Score();

    Video(String id) {
      this.id = id;
    }
  }

  final String id;
  final String title;
  final String teacher;
  final List<Chapter> chapters = new ArrayList<>();
  final Score score = new Score();
  int students;

  /** By number; those watched today. */
  final Map<Integer, Video> videos = new TreeMap<>();

  /** How often each student did something today. */
  final Map<String, Integer> learners = new HashMap<>();

  Course(String id, String title, String teacher, int chapters) {
    this.id = id;
    this.title = title;
    this.teacher = teacher;
    for (int i = 1; i <= chapters; i++) {
      this.chapters.add(new Chapter(id + "-ch%02d".formatted(i)));
    }
  }

  void beginDay() {
    videos.clear();
    learners.clear();
  }
}
