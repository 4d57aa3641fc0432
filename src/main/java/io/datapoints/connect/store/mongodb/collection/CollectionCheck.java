package io.datapoints.connect.store.mongodb.collection;

import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.TimeSeriesGranularity;
import com.mongodb.client.model.TimeSeriesOptions;
import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that the collection is what a layout needs, and creates what is missing where that is
 * wanted. Every task may do so: creating the same thing again changes nothing. Blocks; throws
 * {@link StoreException} for what only an operator can put right. Of use once.
 */
public final class CollectionCheck {

  private static final Logger LOG = LoggerFactory.getLogger(CollectionCheck.class);

  private static final String ORDINARY = "collection";
  private static final String TIME_SERIES = "timeseries";

  /** What becomes of that which is missing. */
  enum Missing {
    /** It is created. */
    CREATED,

    /** The tasks will create it: it is no fault, and it is noted what they need for that. */
    EXPECTED,

    /** An operator has to create it. */
    REFUSED
  }

  private final TargetCollection collection;
  private final Missing missing;
  private final Set<String> expected = new TreeSet<>();
  private Optional<ShardKey> shardKey = Optional.empty();

  CollectionCheck(TargetCollection collection, Missing missing) {
    this.collection = collection;
    this.missing = missing;
  }

  /** The actions that the tasks will create with, in the words of the server's privileges. */
  Set<String> expected() {
    return expected;
  }

  /**
   * One that takes upserts. A missing one comes with its first index or document, by the right to
   * create those.
   */
  public void ordinary() {
    Optional<Document> description = collection.description();
    if (description.isEmpty()) {
      mayBeMissing("the collection");
    } else if (!kind(description.get()).equals(ORDINARY)) {
      throw StoreException.fatal(
          collection.fullName() + " is a " + kind(description.get()) + ", which takes no upserts");
    }
  }

  /**
   * Documents with this field of ours. A validator that names all fields it takes would refuse
   * every one of them.
   *
   * @param field empty for none
   * @param setting the key that names it
   */
  public void takes(String field, String setting) {
    Document schema =
        collection
            .description()
            .map(description -> description.get("options", new Document()))
            .map(options -> options.get("validator", new Document()))
            .map(validator -> validator.get("$jsonSchema", new Document()))
            .orElseGet(Document::new);
    boolean closed = Boolean.FALSE.equals(schema.get("additionalProperties"));
    if (closed
        && !field.isEmpty()
        && !schema.get("properties", new Document()).containsKey(field)) {
      throw StoreException.misconfigured(
          setting,
          "the validator of "
              + collection.fullName()
              + " takes no field "
              + field
              + ": add it to the properties with collMod, or leave "
              + setting
              + " empty, and a write that the server executes late can undo a newer one");
    }
  }

  /**
   * A time-series collection.
   *
   * @param ttlSeconds how long its documents live, 0 for ever
   */
  public void timeSeries(String timeField, String metaField, long ttlSeconds) {
    Optional<Document> description = collection.description();
    if (description.isEmpty()) {
      if (!creates("the time-series collection", "createCollection")) {
        return;
      }
      CreateCollectionOptions options =
          new CreateCollectionOptions()
              .timeSeriesOptions(
                  new TimeSeriesOptions(timeField)
                      .metaField(metaField)
                      .granularity(TimeSeriesGranularity.SECONDS));
      collection.create(
          ttlSeconds == 0 ? options : options.expireAfter(ttlSeconds, TimeUnit.SECONDS));
      description = collection.description();
    }
    checkTimeSeries(description.orElseGet(Document::new), timeField, metaField, ttlSeconds);
  }

  private void checkTimeSeries(
      Document description, String timeField, String metaField, long ttlSeconds) {
    Document options = description.get("options", new Document());
    Document fields = options.get(TIME_SERIES, new Document());
    if (!kind(description).equals(TIME_SERIES)) {
      throw StoreException.fatal(
          collection.fullName() + " is a " + kind(description) + " and no time-series collection");
    }
    if (!timeField.equals(fields.getString("timeField"))
        || !metaField.equals(fields.getString("metaField"))) {
      throw StoreException.fatal(
          collection.fullName()
              + " has another timeField or metaField than "
              + timeField
              + " and "
              + metaField);
    }
    long expires =
        options.get("expireAfterSeconds") instanceof Number seconds ? seconds.longValue() : 0;
    if (expires != ttlSeconds) {
      throw StoreException.misconfigured(
          KairosConfig.TTL_DEFAULT,
          collection.fullName()
              + " lets documents expire after "
              + expires
              + " s (0 for never) and not after "
              + ttlSeconds
              + " s: change the setting, or the collection with collMod");
    }
  }

  /**
   * One whose documents an upsert finds by these fields. Of a sharded collection, they have to have
   * the whole shard key among them: else no shard could keep the documents apart.
   *
   * @param setting the key that names the fields, or the collection where the layout does
   */
  public void foundBy(List<String> fields, String setting) {
    shardKey = collection.shardKey();
    if (shardKey.isPresent() && !shardKey.get().isIn(fields)) {
      throw StoreException.misconfigured(
          setting,
          setting
              + ": "
              + collection.fullName()
              + " is sharded by "
              + shardKey.get()
              + ", and its documents are found by "
              + String.join(", ", fields)
              + ": an upsert needs each field of the shard key there, so add them, or write to a"
              + " collection with another shard key");
    }
  }

  /**
   * A unique index on these fields; one with the fields in another order does as well. It has to be
   * finished: two upserts of one document would else make two.
   */
  public void uniqueIndex(Document ofLayout) {
    uniqueIndex(ofLayout, List.of(), "");
  }

  /**
   * The same, and no unique index that another value of a setting would have made.
   *
   * @param ofOthers the fields of each such index
   * @param setting the key of the setting
   */
  public void uniqueIndex(Document ofLayout, List<List<String>> ofOthers, String setting) {
    Document keys = shardKey.map(shards -> shards.first(ofLayout)).orElse(ofLayout);
    List<String> fields = new ArrayList<>(keys.keySet());
    List<Index> present = collection.indexes();
    ofOthers.forEach(others -> refuse(others, present, setting));
    List<Index> serving = present.stream().filter(index -> index.identifies(fields)).toList();
    List<Index> ready = serving.stream().filter(index -> !index.building()).toList();
    if (ready.isEmpty() && !serving.isEmpty()) {
      throw collection.building(serving.get(0));
    }
    if (!ready.isEmpty() && !collection.awaits(keys)) {
      ready.forEach(collection::finished);
      warnIfHidden(ready);
      return;
    }
    String what = "a unique index on " + TargetCollection.listed(keys);
    if (ready.isEmpty()
        && present.stream().anyMatch(index -> index.name().equals(Index.nameOf(keys)))) {
      throw StoreException.fatal(
          what
              + " of "
              + collection.fullName()
              + " conflicts with one that is there already, "
              + Index.nameOf(keys)
              + ", which is not unique over all documents: drop that one");
    }
    if (creates(what, "createIndex")) {
      collection.create(keys, new IndexOptions().unique(true));
    }
  }

  private void refuse(List<String> others, List<Index> present, String setting) {
    present.stream()
        .filter(index -> index.identifies(others))
        .findFirst()
        .ifPresent(
            index -> {
              throw StoreException.misconfigured(
                  setting,
                  setting
                      + ": "
                      + collection.fullName()
                      + " has the unique index "
                      + index.name()
                      + ", which another value of this setting made: set it as the collection was"
                      + " made, or write to another collection");
            });
  }

  /** A hidden index keeps documents apart, but no write finds its document by it. */
  private void warnIfHidden(List<Index> serving) {
    if (serving.stream().allMatch(Index::hidden)) {
      LOG.warn(
          "The unique index {} of {} is hidden, so that writes are slow: unhide it with collMod",
          serving.get(0).name(),
          collection.fullName());
    }
  }

  /**
   * An index that removes documents so many seconds after the date in this field.
   *
   * @param setting which one says how many
   */
  public void expiry(String field, long seconds, String setting) {
    Optional<Index> present =
        collection.indexes().stream().filter(index -> index.isOn(field)).findFirst();
    if (present.isPresent()) {
      checkExpiry(present.get(), seconds, setting);
    } else if (missing != Missing.REFUSED) {
      if (creates("the index on " + field, "createIndex")) {
        collection.create(
            new Document(field, 1), new IndexOptions().expireAfter(seconds, TimeUnit.SECONDS));
      }
    } else {
      LOG.warn(
          "{} has no index on {} that lets documents expire: they stay for ever",
          collection.fullName(),
          field);
    }
  }

  private void checkExpiry(Index index, long seconds, String setting) {
    if (!Objects.equals(index.expireAfterSeconds().orElse(null), seconds)) {
      throw StoreException.misconfigured(
          setting,
          "the index "
              + index.name()
              + " of "
              + collection.fullName()
              + " lets documents expire after "
              + index.expireAfterSeconds().map(present -> present + " s").orElse("no time at all")
              + " and not after "
              + seconds
              + " s: change the setting, change the index with collMod, or drop it");
    }
  }

  /** Whether it is to be created now; if not, with this action by a task. */
  private boolean creates(String what, String action) {
    mayBeMissing(what);
    expected.add(action);
    return missing == Missing.CREATED;
  }

  private void mayBeMissing(String what) {
    if (missing == Missing.REFUSED) {
      throw StoreException.fatal(
          what
              + " is missing: "
              + collection.fullName()
              + " has to be made ready by hand, or "
              + "mongodb.schema.create switched on");
    }
  }

  private static String kind(Document description) {
    return Objects.requireNonNullElse(description.getString("type"), ORDINARY);
  }
}
