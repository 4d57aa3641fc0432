package io.datapoints.connect.format.otlp;

import io.datapoints.connect.config.format.OtlpConfig;
import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.protobuf.Span;
import java.io.IOException;

/**
 * Makes tags of attributes: those of the resource that the settings choose, the scope's name and
 * version where they ask for them, and all of the point. A point's win over the scope's, and those
 * over the resource's; what is empty says nothing, and so wins over nothing.
 */
final class PointTags {

  private static final String SCOPE_NAME = "otel.scope.name";
  private static final String SCOPE_VERSION = "otel.scope.version";

  private final OtlpConfig settings;
  private final Texts texts;
  private final SharedTags shared = new SharedTags();
  private final TagList tags = new TagList();

  PointTags(OtlpConfig settings, Texts texts) {
    this.settings = settings;
    this.texts = texts;
  }

  /** Begins a resource. */
  void resource(byte[] bytes, Attributes attributes) throws PartFault, IOException {
    shared.beginResource();
    for (int i = 0; i < attributes.size(); i++) {
      String name = name(bytes, attributes.key(i));
      if (!name.isEmpty() && settings.takes(name)) {
        String value = texts.values().text(bytes, attributes.kind(i), attributes.value(i));
        if (!value.isEmpty()) {
          shared.addOfResource(name, value);
        }
      }
    }
  }

  /** Begins a scope of the resource. */
  void scope(byte[] bytes, long name, long version) throws PartFault, IOException {
    shared.beginScope();
    if (settings.scopeTags()) {
      scopeTag(SCOPE_NAME, texts.values().text(bytes, AnyKind.TEXT, name));
      scopeTag(SCOPE_VERSION, texts.values().text(bytes, AnyKind.TEXT, version));
    }
  }

  private void scopeTag(String name, String value) {
    if (!value.isEmpty()) {
      shared.addOfScope(name, value);
    }
  }

  /** The tags of a point of the scope, valid until the next one. */
  TagList of(byte[] bytes, Attributes attributes) throws PartFault, IOException {
    tags.clear();
    shared.beginPoint();
    for (int i = 0; i < attributes.size(); i++) {
      String name = name(bytes, attributes.key(i));
      if (!name.isEmpty() && add(name, bytes, attributes.kind(i), attributes.value(i))) {
        shared.override(name);
      }
    }
    shared.addTo(tags);
    return tags;
  }

  /** Adds a tag unless its value is empty. */
  private boolean add(String name, byte[] bytes, AnyKind kind, long value)
      throws PartFault, IOException {
    if (kind == AnyKind.TEXT) {
      int length = texts.utf8().decode(bytes, value);
      if (length < 0) {
        throw AnyTexts.noText();
      }
      if (length > 0) {
        tags.add(name, texts.utf8().chars(), length);
      }
      return length > 0;
    }
    String text = texts.values().text(bytes, kind, value);
    if (!text.isEmpty()) {
      tags.add(name, text);
    }
    return !text.isEmpty();
  }

  private String name(byte[] bytes, long key) throws PartFault {
    if (key == Span.EMPTY) {
      return "";
    }
    String name = texts.names().text(bytes, key);
    if (name == null) {
      throw AnyTexts.noText();
    }
    return name;
  }
}
