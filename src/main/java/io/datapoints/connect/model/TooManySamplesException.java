package io.datapoints.connect.model;

/**
 * A record has more samples than a record may have. Thrown by a {@link SampleSink}, past the
 * reader, to whoever gave it the record: it need not read on.
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
