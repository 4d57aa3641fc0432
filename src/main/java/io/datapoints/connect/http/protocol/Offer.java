package io.datapoints.connect.http.protocol;

import io.datapoints.connect.intake.BodyEncoding;

/** What the head of a request says of its body. */
public sealed interface Offer {

  /** The body can be read so. */
  record Taken(BodyEncoding encoding) implements Offer {}

  /** The body is not taken. */
  record Refused(Answer answer) implements Offer {}
}
