package io.datapoints.connect.store;

/** What comparing settings with a store showed, before any task runs. */
public sealed interface ValidationResult {

  /**
   * A setting that has to be changed, or the store with it.
   *
   * @param setting its key
   * @param message what is wrong and how to correct it; begins with the key, holds no secret
   */
  record SettingError(String setting, String message) implements ValidationResult {

    /** With the key in front of the text, unless it is there already. */
    public static SettingError of(String setting, String text) {
      return new SettingError(setting, text.startsWith(setting) ? text : setting + ": " + text);
    }
  }

  /** Nothing could be compared: the store is away or slow. The tasks will find out. */
  record Unknown(String reason) implements ValidationResult {}
}
