package io.datapoints.connect.intake;

/** What a request is told before its body is read. */
public sealed interface Admission permits Reservation, Admission.Refused {

  /** There is no room for it, or nowhere to put it. Nothing was taken. */
  record Refused(Outcome.Unavailable why) implements Admission {}
}
