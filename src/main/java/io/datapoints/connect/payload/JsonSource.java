package io.datapoints.connect.payload;

/**
 * The bytes that one record's JSON is in. Made once a record, and not kept.
 *
 * @param bytes holds the text, and perhaps more
 * @param offset where the text starts
 * @param length how many bytes it has
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record JsonSource(byte[] bytes, int offset, int length) {

  /** Whether only blanks are left from this position of the text on. */
  boolean blankFrom(int position) {
    for (int i = offset + position; i < offset + length; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Where this position is, in words: lines from 1, and bytes from 1 within the line. */
  String position(int position) {
    int line = 1;
    int column = 1;
    for (int i = offset; i < offset + Math.min(Math.max(position, 0), length); i++) {
      column++;
      if (bytes[i] == '\n') {
        line++;
        column = 1;
      }
    }
    return " at line " + line + ", column " + column;
  }
}
