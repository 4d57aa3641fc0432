package io.datapoints.connect.model;

/**
 * A record has more samples than allowed. A {@link SampleSink} throws it through the reader, which
 * then does not read the rest of the record.
 */
public final class TooManySamplesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param reason why the record is bad, for its dead letter
   */
  public TooManySamplesException(String reason) {
    super(reason, null, false, false);
  }
}
