package io.datapoints.connect.door;

/**
 * The ways in which the door differs from KairosDB 1.3, each with the reason. Whatever is none of
 * these has the same status, headers and body, and leaves the same points.
 */
enum Difference {
  NONE(0, 0, Errors.SAME, Points.SAME, "There is none."),

  CONVERSION(
      500,
      400,
      Errors.OTHER,
      Points.SAME,
      "A value that is no number is the sender's fault; after a 500 it would be sent for ever."),
  CONVERSION_AND_ON(
      500, 400, Errors.OTHER, Points.MORE, "The same, and the rest of the request is read."),
  FAILURE(
      500,
      400,
      Errors.OTHER,
      Points.SAME,
      "KairosDB fails with a 500 that may say null; here the answer says what is wrong."),
  TYPE(
      400,
      400,
      Errors.OTHER,
      Points.SAME,
      "KairosDB repeats the type that it was sent; here the answer says where it stands."),
  LENIENT(
      204,
      400,
      Errors.OTHER,
      Points.LESS,
      "What is less like JSON than the sink reads is refused: bare words, = and ;."),
  WORDS(
      400,
      400,
      Errors.OTHER,
      Points.SAME,
      "KairosDB says what its JSON parser says, with lines, columns and names of Java."),
  WORDS_AND_ON(
      400, 400, Errors.OTHER, Points.MORE, "The same, and the rest of the request is read."),
  POSITION(
      400,
      400,
      Errors.OTHER_POSITION,
      Points.SAME,
      "KairosDB counts good datapoints alone; what follows a bad one has too low a number."),
  EMPTY(400, 204, Errors.OTHER, Points.MORE, "An empty text of type string is a value."),
  NUMBER(
      204,
      204,
      Errors.SAME,
      Points.OTHER,
      "A number that a long does not hold is a double; KairosDB stores another number."),
  FRACTION(
      204,
      400,
      Errors.OTHER,
      Points.LESS,
      "A number that its type does not hold is refused; KairosDB stores another number."),
  LOST(
      204,
      400,
      Errors.OTHER,
      Points.UNKNOWN,
      "KairosDB loses the point after its answer, or cannot read it back."),
  FOLLOWING(
      204,
      204,
      Errors.SAME,
      Points.MORE,
      "What follows the first value is read; KairosDB ignores it and says nothing."),
  FOLLOWING_TEXT(
      204,
      400,
      Errors.OTHER,
      Points.SAME,
      "What follows the first value is read; KairosDB ignores it and says nothing."),

  ENCODING(
      500, 400, Errors.OTHER, Points.SAME, "A body that is not gzip is the sender's fault, too."),
  UNKNOWN_ENCODING(
      400, 415, Errors.OTHER, Points.SAME, "A body that cannot be decoded is not read as JSON."),
  VERSION(200, 200, Errors.OTHER, Points.SAME, "It says which version of what this is."),
  STATUS(200, 200, Errors.OTHER, Points.SAME, "The checks are those of the door."),
  INDEX(500, 204, Errors.OTHER, Points.SAME, "There is no index to flush, and no failure of one."),
  GZIP_PATH(404, 204, Errors.SAME, Points.MORE, "A path of kairosdb-rs, whose clients use it."),
  METHOD(405, 405, Errors.OTHER, Points.SAME, "Every refusal has a body that says why."),
  NOTHING(404, 404, Errors.OTHER, Points.SAME, "Every refusal has a body that says why."),
  GONE(404, 403, Errors.OTHER, Points.SAME, "What was to be asked of a KairosDB is asked there."),
  FEATURES(
      200, 403, Errors.OTHER, Points.SAME, "What is to be asked of a KairosDB is asked there.");

  /** How the bodies of the answers differ. */
  enum Errors {
    SAME,
    OTHER,
    /** In the numbers of datapoints alone. */
    OTHER_POSITION
  }

  /** What the door stores, beside what KairosDB does. */
  enum Points {
    SAME,
    MORE,
    LESS,
    OTHER,
    /** What KairosDB has can hardly be asked. */
    UNKNOWN
  }

  final int kairos;
  final int door;
  final Errors errors;
  final Points points;
  final String reason;

  Difference(int kairos, int door, Errors errors, Points points, String reason) {
    this.kairos = kairos;
    this.door = door;
    this.errors = errors;
    this.points = points;
    this.reason = reason;
  }

  /** Whether {@code compatibility=exact} takes the difference of the statuses away. */
  boolean goesWithExactStatuses() {
    return this == CONVERSION || this == CONVERSION_AND_ON || this == ENCODING;
  }
}
