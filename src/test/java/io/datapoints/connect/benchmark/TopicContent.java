package io.datapoints.connect.benchmark;

/** Records of many keys, the same at every call; unless said, every key in turn. */
interface TopicContent {

  /** Names the topic, and sets this content apart from others in the store. */
  String name();

  int keys();

  /** On average. */
  int recordsPerKey();

  int rowsPerRecord();

  /** The key of the records of this key's number. */
  byte[] recordKey(int key);

  /** The value of one of its records. */
  byte[] recordValue(int key, int number);

  /** The number of the key of the record at this place of all. */
  default int key(long position) {
    return (int) (position % keys());
  }

  /** Which of its key's records that is. */
  default int number(long position) {
    return (int) (position / keys());
  }

  default long records() {
    return (long) keys() * recordsPerKey();
  }

  default long rows() {
    return records() * rowsPerRecord();
  }
}
