package io.datapoints.connect.learning;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A student and what he or she has done so far. */
final class Student {

  /** What a student has done in a course. */
  static final class Progress {
    int pages;
    long seconds;
    final TreeSet<String> completed = new TreeSet<>();
    final Map<String, Double> best = new TreeMap<>();
  }

  final String id;
  final String name;
  final Score score = new Score();
  int readings;
  long lastSeen;

  /** By the number of the course; stays when the student leaves it. */
  final Map<Integer, Progress> progress = new TreeMap<>();

  /** Numbers of the courses taken now. */
  final TreeSet<Integer> courses = new TreeSet<>();

  Student(String id, String name) {
    this.id = id;
    this.name = name;
  }

  Progress progress(int course) {
    return progress.computeIfAbsent(course, absent -> new Progress());
  }
}
