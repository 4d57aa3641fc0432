package io.datapoints.connect.config;

import io.datapoints.connect.config.mapping.MappedStore;
import io.datapoints.connect.config.mapping.TableKey;
import io.datapoints.connect.config.setting.Review;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses the settings of other connectors, and those of older versions of this one, and names the
 * setting that replaces each. Connect ignores unknown names, so a configuration that was not
 * translated would silently run with the defaults.
 */
final class ForeignSettings {

  /** A former name of both connectors. */
  private static final Name INFLATED_BYTES =
      new Name("kairosdb.max.inflated.bytes", RecordConfig.MAX_INFLATED_BYTES);

  /** Names that begin with {@code topic.} are not listed: this connector has them too. */
  private static final ForeignSettings DATASTAX =
      new ForeignSettings(
          MappedStore.CASSANDRA,
          "the DataStax connector",
          List.of(
              new Name("contactPoints", "cassandra.contact.points"),
              new Name("port", "cassandra.contact.points, as host:port"),
              new Name("loadBalancing.localDc", "cassandra.local.datacenter"),
              new Name("maxConcurrentRequests", "max.in.flight.batches"),
              new Name("maxNumberOfRecordsInBatch", "batch.max.rows"),
              new Name("queryExecutionTimeout", "cassandra.request.timeout.ms, in milliseconds"),
              new Name("connectionPoolLocalSize", "cassandra.connections.per.node"),
              new Name("compression", "cassandra.driver.advanced.protocol.compression"),
              new Name("ignoreErrors", "errors.tolerance, Connect's own"),
              Name.absent("jmx"),
              Name.absent("metricsHighestLatency"),
              Name.absent("jmxConnectorDomain"),
              new Name("auth.username", "cassandra.username"),
              new Name("auth.password", "cassandra.password"),
              Name.absent("auth."),
              new Name("ssl.provider", "cassandra.ssl.enabled"),
              new Name("ssl.truststore.path", "cassandra.ssl.truststore.location"),
              new Name("ssl.truststore.password", "cassandra.ssl.truststore.password"),
              new Name("ssl.keystore.path", "cassandra.ssl.keystore.location"),
              new Name("ssl.keystore.password", "cassandra.ssl.keystore.password"),
              new Name("ssl.hostnameValidation", "cassandra.ssl.hostname.validation"),
              new Name("ssl.openssl.keyCertChain", "cassandra.ssl.keystore.location"),
              new Name("ssl.openssl.privateKey", "cassandra.ssl.key.location"),
              Name.absent("ssl.cipherSuites"),
              Name.absent("cloud.secureConnectBundle"),
              Name.absent("socks.proxyHost"),
              Name.absent("socks.proxyPort"),
              new Name("datastax-java-driver.", "cassandra.driver. and the same path")),
          List.of(
              new Name("flows.compaction.window", "compaction in cassandra.table.options"),
              new Name(
                  "kairosdb.row.key.cache.size",
                  "kairosdb.index.memory.bytes, about 30 bytes a series"),
              Name.absent("kairosdb.row.key.cache.expiry.ms"),
              INFLATED_BYTES));

  private static final ForeignSettings MONGODB =
      new ForeignSettings(
          MappedStore.MONGODB,
          "the MongoDB connector",
          List.of(
              new Name("connection.uri", "mongodb.uri"),
              new Name("connection.ssl.", "mongodb.ssl.*"),
              new Name("database", "mongodb.database"),
              new Name("collection", "mongodb.collection"),
              new Name("max.batch.size", "batch.max.rows"),
              new Name("mongo.errors.", "errors.tolerance and errors.log.enable, Connect's own"),
              new Name(
                  "delete.on.null.values", "deletesEnabled of a collection, with layout=table"),
              new Name("document.id.strategy", "key of a collection, with layout=table"),
              new Name("writemodel.strategy", "key and mapping of a collection, with layout=table"),
              Name.absent("delete.writemodel.strategy"),
              new Name("post.processor.chain", "mapping of a collection, with layout=table"),
              new Name("namespace.mapper", "topic.<topic>.<database>.<collection>.mapping"),
              new Name("topic.override.", "topic.<topic>.<database>.<collection>.mapping"),
              new Name("timeseries.", "mongodb.datapoints=timeseries, for points only"),
              Name.absent("bulk.write.ordered"),
              Name.absent("rate.limiting."),
              Name.absent("change.data.capture.handler")),
          List.of(
              new Name("mongodb.pool.max.connecting", "maxConnecting in mongodb.uri"),
              INFLATED_BYTES));

  private final MappedStore store;
  private final String connector;
  private final List<Name> theirs;
  private final List<Name> former;

  /**
   * @param connector the other connector
   * @param theirs its names
   * @param former the names of older versions of this connector
   */
  private ForeignSettings(
      MappedStore store, String connector, List<Name> theirs, List<Name> former) {
    this.store = store;
    this.connector = connector;
    this.theirs = theirs;
    this.former = former;
  }

  /** The names to refuse in a configuration of this store. */
  static ForeignSettings of(MappedStore store) {
    return store == MappedStore.CASSANDRA ? DATASTAX : MONGODB;
  }

  /**
   * Adds an error for each of these names. A setting of a table is never one of them, even if the
   * name of its topic makes it begin like one.
   *
   * @return the other names
   */
  Set<String> review(Set<String> given, Review review) {
    Set<String> others = new LinkedHashSet<>();
    for (String key : given) {
      message(key)
          .filter(text -> !TableKey.isOfTable(key, store))
          .ifPresentOrElse(text -> review.error(key, text), () -> others.add(key));
    }
    return others;
  }

  private Optional<String> message(String key) {
    return message(key, connector, theirs)
        .or(() -> message(key, "an older version of this connector", former));
  }

  private static Optional<String> message(String key, String owner, List<Name> names) {
    return names.stream()
        .filter(name -> name.covers(key))
        .findFirst()
        .map(name -> key + " is a setting of " + owner + "; " + name.advice());
  }

  /**
   * One of these names.
   *
   * @param foreign the name, or the prefix of several names if it ends in a dot; the first entry of
   *     a list that covers a key applies
   * @param ours what to write instead, empty for nothing
   */
  private record Name(String foreign, String ours) {

    static Name absent(String foreign) {
      return new Name(foreign, "");
    }

    String advice() {
      return ours.isEmpty() ? "there is none here, take it out" : "here it is " + ours;
    }

    boolean covers(String key) {
      return foreign.endsWith(".") ? key.startsWith(foreign) : key.equals(foreign);
    }
  }
}
