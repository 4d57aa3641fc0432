package io.datapoints.connect.store.mongodb.documents;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import io.datapoints.connect.config.MongoConfig;
import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.store.RefusedTopics;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.mongodb.bulk.BulkKeys;
import io.datapoints.connect.store.mongodb.bulk.BulkWriter;
import io.datapoints.connect.store.mongodb.bulk.LayoutFactory;
import io.datapoints.connect.store.mongodb.bulk.OpenLayout;
import io.datapoints.connect.store.mongodb.collection.CollectionCheck;
import io.datapoints.connect.store.mongodb.collection.IndexBuilds;
import io.datapoints.connect.store.mongodb.collection.RequiredCollection;
import io.datapoints.connect.store.mongodb.collection.TargetCollection;
import io.datapoints.connect.store.mongodb.failure.ErrorCode;
import io.datapoints.connect.store.mongodb.failure.ErrorCode.Verdict;
import io.datapoints.connect.store.mongodb.failure.Failures;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Opens the collections of the table layout: at the start for topics that are mapped by name, for
 * other topics when their first record arrives. An open collection stays open. A problem that only
 * an operator can fix causes only its topic to be refused, unless that topic is mapped by name.
 */
public final class DocumentFactory implements LayoutFactory {

  private static final Document PING = new Document("ping", 1);

  private final MongoSinkConfig config;
  private final Clock clock;
  private final @Nullable Consumer<CollectionCheck> preset;
  private final Set<String> wanted = ConcurrentHashMap.newKeySet();
  private final RefusedTopics refused;
  private final IndexBuilds builds;
  private final DocumentLayout layout;
  private final Map<String, BulkWriter<DocumentRow>> writers = new ConcurrentHashMap<>();

  public DocumentFactory(MongoSinkConfig config, Clock clock) {
    this(config, clock, null);
  }

  /**
   * @param preset the requirements on the one collection of a preset mapping; null for those of the
   *     user's mappings
   */
  public DocumentFactory(
      MongoSinkConfig config, Clock clock, @Nullable Consumer<CollectionCheck> preset) {
    this.config = config;
    this.clock = clock;
    this.preset = preset;
    Set<String> mappedByName = config.pipeline().mapping().topics();
    this.refused = new RefusedTopics(mappedByName, clock);
    this.builds = new IndexBuilds(clock);
    this.layout = new DocumentLayout(refused);
    wanted.addAll(mappedByName);
  }

  /** A topic without a mapping needs no collection: the decoder rejects its records one by one. */
  @Override
  public boolean covers(String recordTopic) {
    String topic = config.pipeline().mapping().mappedAs(recordTopic);
    boolean covered =
        layout.covers(topic)
            || refused.holds(topic)
            || config.pipeline().mapping().targets(topic).isEmpty();
    if (!covered) {
      wanted.add(topic);
    }
    return covered;
  }

  /** Pings the server even if no topic is known yet, so that a wrong password is reported. */
  @Override
  public OpenLayout<MappedRecord, DocumentRow> open(MongoClient client) {
    client.getDatabase(config.mongo().database()).runCommand(PING);
    refused.makeRoom();
    for (String topic : List.copyOf(wanted)) {
      open(topic, client);
      wanted.remove(topic);
    }
    return new OpenLayout<>(MappedRecord.class, layout, writers);
  }

  private void open(String topic, MongoClient client) {
    try {
      layout.add(topic, planners(topic, client));
      refused.accept(topic);
    } catch (RuntimeException e) {
      if (!refused.mayRefuse(topic) || !isOfCollection(e, topic)) {
        throw e;
      }
      refused.refuse(topic, Failures.reason(e));
    }
  }

  /**
   * Whether the error is permanent and concerns only the collection or its name. What is wrong with
   * the key is wrong with the settings: no record of any topic can cure it.
   */
  private boolean isOfCollection(RuntimeException error, String topic) {
    if (error instanceof MongoCommandException answer) {
      // If no collection is open yet, the user may lack the permission for all of them.
      return Failures.verdict(answer) == Verdict.FATAL
          && (ErrorCode.mayBlameCollection(answer.getErrorCode())
              || (answer.getErrorCode() == ErrorCode.UNAUTHORIZED.number() && !layout.isEmpty()));
    }
    return error instanceof StoreException known
        && known.isFatal()
        && config.pipeline().mapping().targets(topic).stream()
            .noneMatch(target -> known.setting().equals(Optional.of(keySetting(target))));
  }

  private List<DocumentPlanner> planners(String topic, MongoClient client) {
    List<MappedTarget> targets = config.pipeline().mapping().targets(topic);
    targets.forEach(MappingCheck::check);
    List<DocumentPlanner> planners = new ArrayList<>();
    for (MappedTarget target : targets) {
      planners.add(planner(target, client));
    }
    return planners;
  }

  @Override
  public List<RequiredCollection> required(MongoClient client) {
    List<RequiredCollection> required = new ArrayList<>();
    for (String topic : new TreeSet<>(config.pipeline().mapping().topics())) {
      for (MappedTarget target : config.pipeline().mapping().targets(topic)) {
        required.add(requiredCollection(target, client));
      }
    }
    return required;
  }

  private RequiredCollection requiredCollection(MappedTarget target, MongoClient client) {
    return new RequiredCollection(
        new TargetCollection(client, target.database(), target.table(), builds),
        preset == null ? target.prefix() + "mapping" : MongoConfig.COLLECTION,
        preset == null ? check -> rules(target, check) : preset,
        target.options().deletes()
            ? Set.of("insert", "update", "remove")
            : Set.of("insert", "update"),
        config.mongo().create());
  }

  private static String keySetting(MappedTarget target) {
    return target.prefix() + "key";
  }

  private static void rules(MappedTarget target, CollectionCheck check) {
    MappingCheck.check(target);
    check.ordinary();
    check.takes(target.options().mongo().versionField(), target.prefix() + "versionField");
    List<String> key = target.options().mongo().key();
    check.foundBy(key, keySetting(target));
    if (!key.equals(List.of("_id"))) {
      Document fields = new Document();
      key.forEach(field -> fields.append(field, 1));
      check.uniqueIndex(fields);
    }
  }

  private DocumentPlanner planner(MappedTarget target, MongoClient client) {
    checkName(target);
    RequiredCollection required = requiredCollection(target, client);
    required.makeReady();
    TargetCollection collection = required.collection();
    String name = collection.fullName();
    writers.putIfAbsent(name, new BulkWriter<>(collection.documents(), layout));
    int keys = config.pipeline().batching().maxInFlightBatches();
    return new DocumentPlanner(
        target, name, new BulkKeys(name, keys), ownsDocuments(target), clock);
  }

  /** The name of a topic may not be valid as the name of a database or a collection. */
  private static void checkName(MappedTarget target) {
    try {
      MongoNamespace.checkDatabaseNameValidity(target.database());
      MongoNamespace.checkCollectionNameValidity(target.table());
    } catch (IllegalArgumentException e) {
      throw StoreException.fatal(
          "%smapping: %s.%s is no name of a database and a collection: %s"
              .formatted(target.prefix(), target.database(), target.table(), e.getMessage()));
    }
  }

  /**
   * Whether a mapping writes every field that any mapping writes to its documents. A collection has
   * no columns, so only the settings name its fields.
   */
  private boolean ownsDocuments(MappedTarget target) {
    Mapping own = target.mapping();
    Set<List<String>> paths = paths(own);
    return own.rest() != null
        || config.pipeline().mapping().mappings(target.database(), target.table()).stream()
            .allMatch(other -> other.rest() == null && paths.containsAll(paths(other)));
  }

  private static Set<List<String>> paths(Mapping mapping) {
    return mapping.assignments().stream()
        .map(Assignment::path)
        .collect(Collectors.toUnmodifiableSet());
  }
}
