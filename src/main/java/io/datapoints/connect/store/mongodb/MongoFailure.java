package io.datapoints.connect.store.mongodb;

/**
 * Stands for an exception of the driver whose text must not be passed on, or says what is wrong
 * with a collection.
 */
final class MongoFailure extends RuntimeException {

  MongoFailure(String message) {
    super(message);
  }

  /**
   * @param trace where the driver's exception came from
   */
  MongoFailure(String message, StackTraceElement[] trace) {
    super(message);
    setStackTrace(trace);
  }
}
