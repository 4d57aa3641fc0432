package io.datapoints.connect.store.mongodb.bson;

import java.nio.charset.StandardCharsets;

/** The name of a BSON element as it stands in a document: UTF-8 with a closing zero. */
public final class Field {

  private final byte[] name;

  private Field(byte[] name) {
    this.name = name;
  }

  public static Field named(String name) {
    return new Field((name + '\0').getBytes(StandardCharsets.UTF_8));
  }

  /** Owned by the field and never changed. */
  byte[] bytes() {
    return name;
  }
}
