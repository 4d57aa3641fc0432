package io.datapoints.connect.benchmark;

/** Records of many keys, the same at every call; each key has as many records as any other. */
interface TopicContent {

  /** Names the topic, and sets this content apart from others in the store. */
  String name();

  int keys();

  int recordsPerKey();

  int rowsPerRecord();

  /** The key of the records of this key's number. */
  byte[] recordKey(int key);

  /** The value of one of its records. */
  byte[] recordValue(int key, int number);

  default long records() {
    return (long) keys() * recordsPerKey();
  }

  default long rows() {
    return records() * rowsPerRecord();
  }
}
