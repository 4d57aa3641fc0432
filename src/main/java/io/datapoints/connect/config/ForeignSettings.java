package io.datapoints.connect.config;

import io.datapoints.connect.config.mapping.MappedStore;
import io.datapoints.connect.config.mapping.TableKey;
import io.datapoints.connect.config.setting.Review;
import java.util.List;
import java.util.Set;

/**
 * Names that the connectors have from which people come. Connect passes over what it does not know,
 * so a connection that was never translated would quietly be the default one.
 */
final class ForeignSettings {

  /** The DataStax connector's, beside those below {@code topic.}, which are ours too. */
  private static final ForeignSettings DATASTAX =
      new ForeignSettings(
          MappedStore.CASSANDRA,
          "DataStax connector",
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
              new Name("datastax-java-driver.", "cassandra.driver. and the same path")));

  /** The MongoDB connector's. */
  private static final ForeignSettings MONGODB =
      new ForeignSettings(
          MappedStore.MONGODB,
          "MongoDB connector",
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
              Name.absent("change.data.capture.handler")));

  private final MappedStore store;
  private final String owner;
  private final List<Name> names;

  private ForeignSettings(MappedStore store, String owner, List<Name> names) {
    this.store = store;
    this.owner = owner;
    this.names = names;
  }

  /** Those that a user of this store may come with. */
  static ForeignSettings of(MappedStore store) {
    return store == MappedStore.CASSANDRA ? DATASTAX : MONGODB;
  }

  /** Objects to each name that is theirs; a topic of ours may be called as they begin one. */
  void review(Set<String> given, Review review) {
    for (String key : given) {
      names.stream()
          .filter(each -> each.covers(key))
          .findFirst()
          .filter(name -> !TableKey.isOfTable(key, store))
          .ifPresent(name -> review.object(key, message(key, name)));
    }
  }

  private String message(String key, Name name) {
    String meant =
        name.ours().isEmpty() ? "there is none here, take it out" : "here it is " + name.ours();
    return key + " is a setting of the " + owner + "; " + meant;
  }

  /**
   * One of their names.
   *
   * @param foreign the name, or where it ends in a dot what it begins with; what stands before has
   *     precedence
   * @param ours what to write instead, empty for nothing
   */
  private record Name(String foreign, String ours) {

    static Name absent(String foreign) {
      return new Name(foreign, "");
    }

    boolean covers(String key) {
      return foreign.endsWith(".") ? key.startsWith(foreign) : key.equals(foreign);
    }
  }
}
