package io.datapoints.connect.benchmark;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** Numbered bodies of a hundred points, over a thousand series; each series goes on in time. */
final class PostedPoints {

  static final int OF_A_REQUEST = 100;

  private static final int SERIES = 1_000;
  private static final int POINTS_PER_SERIES = 1_800_000;

  /** How the points of a request are spread. */
  enum Shape {
    ONE_SERIES(1, OF_A_REQUEST, "100 points of one series"),
    MANY_SERIES(OF_A_REQUEST, 1, "a point of 100 series");

    private final int series;
    private final int points;
    private final String text;

    Shape(int series, int points, String text) {
      this.series = series;
      this.points = points;
      this.text = text;
    }

    /** In names of topics and keyspaces. */
    String key() {
      return name().toLowerCase(Locale.ROOT).replace("_series", "");
    }

    /** How many records a request becomes. */
    int records() {
      return series;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final Shape shape;
  private final Workload workload;

  PostedPoints(Shape shape) {
    this.shape = shape;
    this.workload = new Workload("posted." + shape.key(), SERIES, POINTS_PER_SERIES, shape.points);
  }

  /** The body of this number, from 0 on; safe for use by several threads. */
  byte[] body(long number) {
    int groups = SERIES / shape.series;
    int first = (int) (number % groups) * shape.series;
    int point = (int) (number / groups) * shape.points;
    if (shape.series == 1) {
      return workload.record(first, point);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream(shape.series * 200);
    for (int series = first; series < first + shape.series; series++) {
      body.write(series == first ? '[' : ',');
      body.writeBytes(workload.record(series, point));
    }
    body.write(']');
    return body.toByteArray();
  }
}
