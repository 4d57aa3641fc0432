package io.datapoints.connect.learning;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A learning platform made up: {@link #STUDENTS} students who read, watch, answer, come and go, and
 * the figures that are kept about them. The same seed and times give the same events. For use by
 * one thread.
 */
public final class Campus {

  /** Whoever took a course of it at some time. */
  static final int STUDENTS = 200;

  /** What passes before the present, long enough to reach into another day. */
  static final Duration SPAN = Duration.ofHours(36);

  private static final int STEPS_PER_REPORT = 25;
  private static final int LIVE_STEPS = 5;

  /** More than there are steps and reports in one call, as each takes a millisecond of its own. */
  private static final int LIVE_MILLIS = 20;

  private static final int BANDS = 5;
  private static final int ACTIONS_PER_BAND = 4;
  private static final int VIDEOS = 6;
  private static final List<String> TITLES =
      List.of(
          "Algebra",
          "Geometry",
          "Statistics",
          "Mechanics",
          "Optics",
          "Chemistry",
          "Genetics",
          "Ecology",
          "Roman history",
          "Economics",
          "Poetry",
          "Music theory");
  private static final List<String> FIRST =
      List.of("Ada", "Bao", "Chidi", "Dana", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jun");
  private static final List<String> LAST =
      List.of("Abel", "Berg", "Costa", "Diaz", "Ekman", "Fuchs", "Gupta", "Haas", "Ito", "Jansen");
  private static final List<Map<String, String>> DEVICES =
      List.of(
          Map.of("kind", "phone", "system", "Android 15", "app_version", "8.1.0"),
          Map.of("kind", "tablet", "system", "iPadOS 18", "app_version", "8.0.2"),
          Map.of("kind", "browser", "system", "Firefox 133"));

  private final Random random;
  private final Serving serving = new Serving();
  private final Announcer announcer = new Announcer(serving);
  private final List<Course> courses = new ArrayList<>();
  private final List<Student> students = new ArrayList<>();
  private final long start;
  private final int events;
  private final Score score = new Score();
  private final Set<String> activeThisMinute = new HashSet<>();

  /** By course and band, so that only what has changed is said. */
  private final Map<String, Integer> engagement = new TreeMap<>();

  private final List<String> ranking = new ArrayList<>();
  private LocalDate today = LocalDate.EPOCH;
  private Instant minute = Instant.EPOCH;
  private boolean past;
  private long now;
  private long said;
  private long steps;
  private long readings;
  private long logins;
  private int sessionsThisMinute;
  private int enrollments;

  /**
   * @param end milliseconds since the epoch, to which the past leads up
   * @param events how many events the past has at least
   */
  public Campus(long seed, long end, int events) {
    if (events > SPAN.toMillis()) {
      throw new IllegalArgumentException("no more than " + SPAN.toMillis() + " events");
    }
    this.random = new Random(seed);
    this.start = end - SPAN.toMillis();
    this.events = events;
    this.now = start;
    for (int i = 0; i < TITLES.size(); i++) {
      String teacher = FIRST.get(i % FIRST.size()) + " " + LAST.get((i * 7) % LAST.size());
      courses.add(new Course("c-%02d".formatted(i + 1), TITLES.get(i), teacher, 4 + i % 5));
    }
    for (int i = 0; i < STUDENTS; i++) {
      String name = FIRST.get(i % FIRST.size()) + " " + LAST.get(i / FIRST.size() % LAST.size());
      students.add(new Student("s-%04d".formatted(i + 1), name));
    }
  }

  /** What the tables should hold after all that was handed over. */
  public Serving serving() {
    return serving;
  }

  /** How many events the past has at least. */
  public int size() {
    return events;
  }

  /** Hands over the events of the past in the order of their time. */
  public void history(Consumer<Event> consumer) {
    announcer.tell(
        event -> {
          said++;
          consumer.accept(event);
        });
    begin();
    while (said < events) {
      step(start + said * SPAN.toMillis() / events);
    }
    report();
    past = true;
  }

  /**
   * What has happened just before this instant; nothing until the past has been handed over.
   *
   * @param instant milliseconds since the epoch; what is said is always later than what was said
   *     before
   */
  public List<Event> live(long instant) {
    List<Event> present = new ArrayList<>();
    if (past) {
      announcer.tell(present::add);
      for (int i = 0; i < LIVE_STEPS; i++) {
        step(instant - LIVE_MILLIS);
      }
    }
    return present;
  }

  /** Everybody takes a few courses before the term begins. */
  private void begin() {
    for (Student student : students) {
      int wanted = 2 + random.nextInt(4);
      while (student.courses.size() < wanted) {
        tick(now + 1);
        enroll(student, popularCourse());
      }
    }
    for (Course course : courses) {
      announcer.course(course, now);
    }
    report();
  }

  /** Every step has a time of its own, so that no two records of a row share one. */
  private void tick(long at) {
    now = Math.max(now + 1, at);
    Instant time = Instant.ofEpochMilli(now);
    Instant thisMinute = time.truncatedTo(ChronoUnit.MINUTES);
    if (!thisMinute.equals(minute)) {
      minute = thisMinute;
      activeThisMinute.clear();
      sessionsThisMinute = 0;
    }
    LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
    if (!day.equals(today)) {
      today = day;
      ranking.clear();
      engagement.clear();
      courses.forEach(Course::beginDay);
    }
  }

  /** Somebody does something. */
  private void step(long at) {
    tick(at);
    Student student = students.get(skewed(STUDENTS));
    List<Integer> taken = List.copyOf(student.courses);
    int chance = random.nextInt(100);
    if (taken.isEmpty() || chance < 3) {
      enroll(student, popularCourse());
    } else {
      int course = taken.get(random.nextInt(taken.size()));
      act(student, course, chance);
    }
    student.lastSeen = now;
    activeThisMinute.add(student.id);
    if (++steps % STEPS_PER_REPORT == 0) {
      report();
    }
  }

  private void act(Student student, int number, int chance) {
    Course course = courses.get(number);
    course.learners.merge(student.id, 1, Integer::sum);
    if (chance < 5) {
      leave(student, number);
    } else if (chance < 50) {
      read(student, number);
    } else if (chance < 70) {
      watch(student, course);
    } else if (chance < 88) {
      answer(student, number);
    } else {
      sit(student, course);
    }
  }

  private void enroll(Student student, int number) {
    Course course = courses.get(number);
    if (student.courses.add(number)) {
      course.students++;
      enrollments++;
      announcer.enrolled(student, course, now);
      announcer.student(student, now);
    }
  }

  private void leave(Student student, int number) {
    Course course = courses.get(number);
    student.courses.remove(number);
    course.students--;
    enrollments--;
    announcer.left(student, course, now);
    announcer.student(student, now);
  }

  private void read(Student student, int number) {
    Course course = courses.get(number);
    Course.Chapter chapter = course.chapters.get(random.nextInt(course.chapters.size()));
    int pages = 1 + random.nextInt(20);
    int seconds = pages * (30 + random.nextInt(120));
    Student.Progress progress = student.progress(number);
    progress.pages += pages;
    progress.seconds += seconds;
    student.readings++;
    readings++;
    announcer.reading(student, course, chapter.id, pages, seconds, now);
    announcer.progress(student, course, progress, null, null, now);
    announcer.seen(student, now);
    announcer.activity(student, course, "read", now);
  }

  private void watch(Student student, Course course) {
    int number = 1 + random.nextInt(VIDEOS);
    Course.Video video =
        course.videos.computeIfAbsent(
            number, absent -> new Course.Video(course.id + "-v" + number));
    double completion = Score.rounded(random.nextDouble());
    video.views++;
    video.seconds += Math.round(600 * completion);
    video.completion.add(completion);
    announcer.video(course, video, now);
    announcer.seen(student, now);
    announcer.activity(student, course, "watch", now);
  }

  private void answer(Student student, int number) {
    Course course = courses.get(number);
    Course.Chapter chapter = course.chapters.get(random.nextInt(course.chapters.size()));
    int right = 0;
    for (int question = 1; question <= 4; question++) {
      boolean correct = random.nextInt(4) > 0;
      right += correct ? 1 : 0;
      chapter.answers.computeIfAbsent("q" + question, absent -> new int[2])[correct ? 0 : 1]++;
    }
    double result = right / 4.0;
    chapter.score.add(result);
    course.score.add(result);
    student.score.add(result);
    score.add(result);
    Student.Progress progress = student.progress(number);
    boolean passed = result >= 0.5;
    if (passed) {
      progress.completed.add(chapter.id);
    }
    boolean better = passed && result > progress.best.getOrDefault(chapter.id, 0.0);
    if (better) {
      progress.best.put(chapter.id, result);
    }
    announcer.chapter(course, chapter, now);
    announcer.progress(
        student, course, progress, passed ? chapter.id : null, better ? result : null, now);
    announcer.student(student, now);
    announcer.activity(student, course, "quiz", now);
  }

  private void sit(Student student, Course course) {
    logins++;
    sessionsThisMinute++;
    List<Map<String, String>> mistakes = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Map<String, String> mistake = new LinkedHashMap<>();
      mistake.put("chapter", course.chapters.get(0).id);
      mistake.put("question", "q" + (1 + random.nextInt(4)));
      mistake.put("answer", "option " + (char) ('a' + random.nextInt(4)));
      mistakes.add(mistake);
    }
    announcer.session(
        student,
        student.id + "-" + logins,
        new TreeMap<>(DEVICES.get(random.nextInt(DEVICES.size()))),
        60 + random.nextInt(3_000),
        mistakes.isEmpty() ? null : mistakes,
        now);
    announcer.seen(student, now);
    announcer.activity(student, course, "session", now);
  }

  /** The figures that are counted and not only passed on. */
  private void report() {
    tick(now + 1);
    long yesterday = now - Duration.ofDays(1).toMillis();
    int users = (int) students.stream().filter(each -> each.lastSeen > yesterday).count();
    announcer.activeUsers(activeThisMinute.size(), sessionsThisMinute, now);
    announcer.logins(users, logins, now);
    announcer.summary(STUDENTS, courses.size(), enrollments, readings, score, now);
    announcer.course(courses.get((int) (steps / STEPS_PER_REPORT % courses.size())), now);
    rank();
    courses.forEach(this::distribute);
  }

  private void rank() {
    List<Course> ranked = new ArrayList<>(courses);
    ranked.sort((left, right) -> right.learners.size() - left.learners.size());
    for (int i = 0; i < ranked.size(); i++) {
      Course course = ranked.get(i);
      String place = course.id + "/" + course.learners.size();
      if (i >= ranking.size()) {
        ranking.add("");
      }
      if (!place.equals(ranking.set(i, place))) {
        announcer.popularity(i + 1, course, course.learners.size(), now);
      }
    }
  }

  private void distribute(Course course) {
    int[] bands = new int[BANDS];
    course
        .learners
        .values()
        .forEach(each -> bands[Math.min(BANDS, each / ACTIONS_PER_BAND + 1) - 1]++);
    for (int i = 0; i < BANDS; i++) {
      int band = i * 100 / BANDS;
      if (!Integer.valueOf(bands[i]).equals(engagement.put(course.id + "/" + band, bands[i]))) {
        announcer.engagement(course, band, bands[i], now);
      }
    }
  }

  private int popularCourse() {
    return skewed(courses.size());
  }

  /** The first few come up most. */
  private int skewed(int size) {
    double one = random.nextDouble();
    return (int) (size * one * one);
  }

  /** The topics. */
  public static List<String> topics() {
    return Arrays.asList(
        "learning.active_users",
        "learning.course_popularity",
        "learning.video_engagement",
        "learning.course_overview",
        "learning.student_overview",
        "learning.enrollments",
        "learning.student_course",
        "learning.auth",
        "learning.summary",
        "learning.activity",
        "learning.engagement",
        "learning.reading",
        "learning.chapters",
        "learning.sessions");
  }
}
