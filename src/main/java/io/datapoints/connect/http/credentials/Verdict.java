package io.datapoints.connect.http.credentials;

/** What is said of a client's credentials. */
public enum Verdict {
  /** It may write. */
  ADMITTED,
  /** It has none, or wrong ones. */
  REFUSED,
  /** Too many passwords wait to be checked; it may try again. */
  BUSY
}
