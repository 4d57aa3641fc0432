package io.datapoints.connect.format.otlp;

import io.datapoints.connect.format.protobuf.KnownTexts;
import io.datapoints.connect.format.protobuf.Utf8Decoder;

/**
 * Texts that come again and again, and the room in which others are decoded. For one thread.
 *
 * @param utf8 decodes values of tags
 * @param names those of metrics and tags
 * @param numbers as texts
 * @param values of attributes as texts
 */
record Texts(Utf8Decoder utf8, KnownTexts names, NumberTexts numbers, AnyTexts values) {

  static Texts create() {
    Utf8Decoder utf8 = new Utf8Decoder();
    NumberTexts numbers = new NumberTexts();
    return new Texts(utf8, new KnownTexts(utf8), numbers, new AnyTexts(utf8, numbers));
  }
}
