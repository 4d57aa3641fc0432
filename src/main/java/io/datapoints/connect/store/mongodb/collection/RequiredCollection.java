package io.datapoints.connect.store.mongodb.collection;

import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.ValidationResult.SettingError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A collection that tasks write to, and what they require of it: by the same rules for tasks that
 * open it and for validation, which only looks at it.
 *
 * @param setting the key that leads to it
 * @param rules what it has to be like
 * @param writes the actions on its documents, in the words of the server's privileges
 * @param creatable whether what is missing may be created
 */
public record RequiredCollection(
    TargetCollection collection,
    String setting,
    Consumer<CollectionCheck> rules,
    Set<String> writes,
    boolean creatable) {

  /**
   * Creates what is missing. Blocks.
   *
   * @throws StoreException for what only an operator can put right
   */
  public void makeReady() {
    rules.accept(
        new CollectionCheck(
            collection,
            creatable ? CollectionCheck.Missing.CREATED : CollectionCheck.Missing.REFUSED));
  }

  /** What speaks against the settings. Blocks; neither creates nor writes anything. */
  public List<SettingError> look(Privileges privileges) {
    CollectionCheck check =
        new CollectionCheck(
            collection,
            creatable ? CollectionCheck.Missing.EXPECTED : CollectionCheck.Missing.REFUSED);
    List<SettingError> complaints = new ArrayList<>();
    try {
      rules.accept(check);
    } catch (StoreException e) {
      if (e.isFatal()) {
        complaints.add(
            SettingError.of(e.setting().orElse(setting), String.valueOf(e.getMessage())));
      }
    }
    Set<String> actions = new TreeSet<>(writes);
    actions.addAll(check.expected());
    privileges.to(actions, collection.database(), collection.name()).ifPresent(complaints::add);
    return complaints;
  }
}
