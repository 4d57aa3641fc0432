package io.datapoints.connect.intake;

/** What a body is written in, and how it is compressed. */
public record BodyEncoding(BodyFormat format, Compression compression) {

  /** KairosDB's JSON. */
  public static BodyEncoding ofKairosDb(Compression compression) {
    return new BodyEncoding(BodyFormat.Plain.KAIROSDB, compression);
  }
}
