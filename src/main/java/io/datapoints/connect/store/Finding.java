package io.datapoints.connect.store;

/** What a look at a store says about the settings, before any task runs. */
public sealed interface Finding {

  /**
   * Something that has to be put right.
   *
   * @param setting the key of the setting at fault
   * @param message what is wrong and what would cure it; begins with the key, holds no secret
   */
  record Complaint(String setting, String message) implements Finding {

    /** With the key in front of the text, unless it is there already. */
    public static Complaint of(String setting, String text) {
      return new Complaint(setting, text.startsWith(setting) ? text : setting + ": " + text);
    }
  }

  /** Something that nobody can see now, for the store is away or slow. The tasks will see. */
  record Unseen(String reason) implements Finding {}
}
