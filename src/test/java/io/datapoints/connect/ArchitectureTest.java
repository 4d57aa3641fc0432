package io.datapoints.connect;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The rooms of the house and the doors between them. */
@AnalyzeClasses(packages = "io.datapoints.connect", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "io.datapoints.connect";

  /** Which room may use which; a room without a line here does not exist. */
  @ArchTest
  static final ArchRule roomsUseOnlyWhatTheyMay =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
          .withOptionalLayers(true)
          .layer("root")
          .definedBy(ROOT)
          .layer("config")
          .definedBy(ROOT + ".config")
          .layer("config.cassandra")
          .definedBy(ROOT + ".config.cassandra")
          .layer("config.door")
          .definedBy(ROOT + ".config.door")
          .layer("config.format")
          .definedBy(ROOT + ".config.format")
          .layer("config.mapping")
          .definedBy(ROOT + ".config.mapping")
          .layer("config.setting")
          .definedBy(ROOT + ".config.setting")
          .layer("model")
          .definedBy(ROOT + ".model")
          .layer("mapping")
          .definedBy(ROOT + ".mapping")
          .layer("mapping.bson")
          .definedBy(ROOT + ".mapping.bson")
          .layer("mapping.parser")
          .definedBy(ROOT + ".mapping.parser")
          .layer("payload")
          .definedBy(ROOT + ".payload")
          .layer("kairosdb")
          .definedBy(ROOT + ".kairosdb")
          .layer("kairosdb.raw")
          .definedBy(ROOT + ".kairosdb.raw")
          .layer("kairosdb.format")
          .definedBy(ROOT + ".kairosdb.format")
          .layer("table")
          .definedBy(ROOT + ".table")
          .layer("http")
          .definedBy(ROOT + ".http")
          .layer("http.credentials")
          .definedBy(ROOT + ".http.credentials")
          .layer("http.listener")
          .definedBy(ROOT + ".http.listener")
          .layer("http.protocol")
          .definedBy(ROOT + ".http.protocol")
          .layer("http.metrics")
          .definedBy(ROOT + ".http.metrics")
          .layer("format")
          .definedBy(ROOT + ".format")
          .layer("format.collectd")
          .definedBy(ROOT + ".format.collectd")
          .layer("format.fields")
          .definedBy(ROOT + ".format.fields")
          .layer("format.graphite")
          .definedBy(ROOT + ".format.graphite")
          .layer("format.goflow2")
          .definedBy(ROOT + ".format.goflow2")
          .layer("format.influx")
          .definedBy(ROOT + ".format.influx")
          .layer("format.telegraf")
          .definedBy(ROOT + ".format.telegraf")
          .layer("format.opentsdb")
          .definedBy(ROOT + ".format.opentsdb")
          .layer("format.otlp")
          .definedBy(ROOT + ".format.otlp")
          .layer("format.prometheus")
          .definedBy(ROOT + ".format.prometheus")
          .layer("format.protobuf")
          .definedBy(ROOT + ".format.protobuf")
          .layer("intake")
          .definedBy(ROOT + ".intake")
          .layer("intake.kafka")
          .definedBy(ROOT + ".intake.kafka")
          .layer("door")
          .definedBy(ROOT + ".door")
          .layer("telnet")
          .definedBy(ROOT + ".telnet")
          .layer("delivery")
          .definedBy(ROOT + ".delivery")
          .layer("delivery.offsets")
          .definedBy(ROOT + ".delivery.offsets")
          .layer("delivery.pace")
          .definedBy(ROOT + ".delivery.pace")
          .layer("store")
          .definedBy(ROOT + ".store")
          .layer("store.cassandra")
          .definedBy(ROOT + ".store.cassandra")
          .layer("store.mongodb")
          .definedBy(ROOT + ".store.mongodb")
          .layer("tls")
          .definedBy(ROOT + ".tls")
          .layer("errors")
          .definedBy(ROOT + ".errors")
          .layer("metrics")
          .definedBy(ROOT + ".metrics")
          .layer("store.cassandra.failure")
          .definedBy(ROOT + ".store.cassandra.failure")
          .layer("store.cassandra.schema")
          .definedBy(ROOT + ".store.cassandra.schema")
          .layer("store.cassandra.request")
          .definedBy(ROOT + ".store.cassandra.request")
          .layer("store.cassandra.kairosdb")
          .definedBy(ROOT + ".store.cassandra.kairosdb")
          .layer("store.cassandra.kairosdb.index")
          .definedBy(ROOT + ".store.cassandra.kairosdb.index")
          .layer("store.cassandra.table")
          .definedBy(ROOT + ".store.cassandra.table")
          .layer("store.cassandra.codec")
          .definedBy(ROOT + ".store.cassandra.codec")
          .layer("store.cassandra.flows")
          .definedBy(ROOT + ".store.cassandra.flows")
          .layer("store.mongodb.failure")
          .definedBy(ROOT + ".store.mongodb.failure")
          .layer("store.mongodb.collection")
          .definedBy(ROOT + ".store.mongodb.collection")
          .layer("store.mongodb.bulk")
          .definedBy(ROOT + ".store.mongodb.bulk")
          .layer("store.mongodb.bson")
          .definedBy(ROOT + ".store.mongodb.bson")
          .layer("store.mongodb.points")
          .definedBy(ROOT + ".store.mongodb.points")
          .layer("store.mongodb.documents")
          .definedBy(ROOT + ".store.mongodb.documents")
          .ensureAllClassesAreContainedInArchitecture()
          .whereLayer("root")
          .mayOnlyAccessLayers(
              "config",
              "config.door",
              "config.format",
              "config.mapping",
              "config.setting",
              "delivery",
              "delivery.pace",
              "door",
              "errors",
              "format",
              "format.collectd",
              "format.graphite",
              "format.goflow2",
              "format.influx",
              "format.opentsdb",
              "format.otlp",
              "format.prometheus",
              "format.telegraf",
              "kairosdb",
              "metrics",
              "model",
              "payload",
              "store",
              "store.cassandra",
              "store.mongodb",
              "table")
          .whereLayer("config")
          .mayOnlyAccessLayers(
              "config.cassandra",
              "config.format",
              "config.mapping",
              "config.setting",
              "mapping",
              "mapping.parser",
              "model")
          .whereLayer("config.cassandra")
          .mayOnlyAccessLayers("config.setting")
          .whereLayer("config.door")
          .mayOnlyAccessLayers("config", "config.format", "config.setting", "mapping")
          .whereLayer("config.format")
          .mayOnlyAccessLayers("config.setting")
          .whereLayer("config.mapping")
          .mayOnlyAccessLayers(
              "config.cassandra", "config.setting", "mapping", "mapping.parser", "model")
          .whereLayer("config.setting")
          .mayNotAccessAnyLayer()
          .whereLayer("model")
          .mayNotAccessAnyLayer()
          .whereLayer("mapping")
          .mayOnlyAccessLayers("mapping.bson", "model")
          .whereLayer("mapping.bson")
          .mayOnlyAccessLayers("model")
          .whereLayer("mapping.parser")
          .mayOnlyAccessLayers("mapping")
          .whereLayer("payload")
          .mayOnlyAccessLayers("model")
          .whereLayer("kairosdb")
          .mayOnlyAccessLayers(
              "config", "kairosdb.format", "kairosdb.raw", "mapping", "model", "payload")
          .whereLayer("kairosdb.raw")
          .mayOnlyAccessLayers("model", "payload")
          .whereLayer("kairosdb.format")
          .mayOnlyAccessLayers("model")
          .whereLayer("table")
          .mayOnlyAccessLayers("config.mapping", "mapping", "model", "payload")
          .whereLayer("door")
          .mayOnlyAccessLayers("config.door", "http", "intake", "intake.kafka", "model", "telnet")
          .whereLayer("intake.kafka")
          .mayOnlyAccessLayers("config.door", "intake")
          .whereLayer("http")
          .mayOnlyAccessLayers(
              "config.door",
              "http.credentials",
              "http.listener",
              "http.metrics",
              "http.protocol",
              "intake",
              "model")
          .whereLayer("http.protocol")
          .mayOnlyAccessLayers("config.format", "format.protobuf", "intake", "model")
          .whereLayer("http.credentials")
          .mayOnlyAccessLayers("config.door")
          .whereLayer("http.listener")
          .mayOnlyAccessLayers("config.door", "config.setting", "tls")
          .whereLayer("http.metrics")
          .mayOnlyAccessLayers("metrics")
          .whereLayer("format")
          .mayOnlyAccessLayers("model", "payload")
          .whereLayer("format.goflow2")
          .mayOnlyAccessLayers("format", "format.protobuf")
          .whereLayer("format.influx")
          .mayOnlyAccessLayers("config.format", "format", "format.fields", "kairosdb", "model")
          .whereLayer("format.telegraf")
          .mayOnlyAccessLayers("config.format", "format", "format.fields", "kairosdb", "model")
          .whereLayer("format.graphite")
          .mayOnlyAccessLayers("config.format", "format", "kairosdb", "model")
          .whereLayer("format.fields")
          .mayOnlyAccessLayers("config.format", "format", "kairosdb", "model")
          .whereLayer("format.collectd")
          .mayOnlyAccessLayers("format", "kairosdb", "model")
          .whereLayer("format.opentsdb")
          .mayOnlyAccessLayers("format", "kairosdb", "model")
          .whereLayer("format.otlp")
          .mayOnlyAccessLayers(
              "config.format", "format", "format.protobuf", "kairosdb", "model", "payload")
          .whereLayer("format.prometheus")
          .mayOnlyAccessLayers("format", "format.protobuf", "kairosdb", "model", "payload")
          .whereLayer("format.protobuf")
          .mayNotAccessAnyLayer()
          .whereLayer("intake")
          .mayOnlyAccessLayers(
              "config",
              "config.door",
              "config.format",
              "format",
              "format.influx",
              "format.opentsdb",
              "format.otlp",
              "format.prometheus",
              "kairosdb",
              "model",
              "payload")
          .whereLayer("telnet")
          .mayOnlyAccessLayers("config.door", "intake")
          .whereLayer("delivery")
          .mayOnlyAccessLayers(
              "config.setting",
              "delivery.offsets",
              "delivery.pace",
              "errors",
              "metrics",
              "model",
              "store")
          .whereLayer("delivery.offsets")
          .mayNotAccessAnyLayer()
          .whereLayer("delivery.pace")
          .mayOnlyAccessLayers("config.setting")
          .whereLayer("store")
          .mayOnlyAccessLayers("model")
          .whereLayer("store.cassandra")
          .mayOnlyAccessLayers(
              "config",
              "config.cassandra",
              "config.setting",
              "model",
              "store",
              "store.cassandra.failure",
              "store.cassandra.flows",
              "store.cassandra.kairosdb",
              "store.cassandra.request",
              "store.cassandra.schema",
              "store.cassandra.table",
              "tls")
          .whereLayer("store.mongodb")
          .mayOnlyAccessLayers(
              "config",
              "config.setting",
              "model",
              "store",
              "store.mongodb.bulk",
              "store.mongodb.collection",
              "store.mongodb.documents",
              "store.mongodb.failure",
              "store.mongodb.points",
              "tls")
          .whereLayer("tls")
          .mayOnlyAccessLayers("config.setting", "model")
          .whereLayer("errors")
          .mayNotAccessAnyLayer()
          .whereLayer("metrics")
          .mayOnlyAccessLayers("model", "store")
          .whereLayer("store.cassandra.failure")
          .mayOnlyAccessLayers("config.cassandra", "config.setting", "store", "tls")
          .whereLayer("store.cassandra.schema")
          .mayOnlyAccessLayers(
              "config.cassandra", "config.mapping", "model", "store", "store.cassandra.failure")
          .whereLayer("store.cassandra.request")
          .mayOnlyAccessLayers(
              "config.cassandra",
              "model",
              "store",
              "store.cassandra.failure",
              "store.cassandra.schema")
          .whereLayer("store.cassandra.kairosdb")
          .mayOnlyAccessLayers(
              "config",
              "config.cassandra",
              "kairosdb.format",
              "model",
              "store",
              "store.cassandra.failure",
              "store.cassandra.kairosdb.index",
              "store.cassandra.request",
              "store.cassandra.schema")
          .whereLayer("store.cassandra.kairosdb.index")
          .mayOnlyAccessLayers(
              "kairosdb.format",
              "model",
              "store",
              "store.cassandra.failure",
              "store.cassandra.request")
          .whereLayer("store.cassandra.table")
          .mayOnlyAccessLayers(
              "config",
              "config.cassandra",
              "config.mapping",
              "mapping",
              "model",
              "store",
              "store.cassandra.codec",
              "store.cassandra.failure",
              "store.cassandra.request",
              "store.cassandra.schema")
          .whereLayer("store.cassandra.codec")
          .mayOnlyAccessLayers("mapping", "model", "payload", "store")
          .whereLayer("store.cassandra.flows")
          .mayOnlyAccessLayers(
              "config",
              "model",
              "store",
              "store.cassandra.request",
              "store.cassandra.schema",
              "store.cassandra.table")
          .whereLayer("store.mongodb.failure")
          .mayOnlyAccessLayers("config", "config.setting", "model", "store", "tls")
          .whereLayer("store.mongodb.collection")
          .mayOnlyAccessLayers("config", "store", "store.mongodb.failure")
          .whereLayer("store.mongodb.bulk")
          .mayOnlyAccessLayers(
              "model", "store", "store.mongodb.collection", "store.mongodb.failure")
          .whereLayer("store.mongodb.bson")
          .mayNotAccessAnyLayer()
          .whereLayer("store.mongodb.points")
          .mayOnlyAccessLayers(
              "config",
              "config.setting",
              "kairosdb",
              "model",
              "store",
              "store.mongodb.bson",
              "store.mongodb.bulk",
              "store.mongodb.collection")
          .whereLayer("store.mongodb.documents")
          .mayOnlyAccessLayers(
              "config",
              "config.mapping",
              "config.setting",
              "mapping",
              "model",
              "store",
              "store.mongodb.bson",
              "store.mongodb.bulk",
              "store.mongodb.collection",
              "store.mongodb.failure");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theModelNeedsNothingButTheJdk =
      classes()
          .that()
          .resideInAPackage(ROOT + ".model")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify.annotations", ROOT + ".model");

  @ArchTest
  static final ArchRule onlyTheCassandraStoreKnowsItsDriver =
      noClasses()
          .that(not(resideInAPackage(ROOT + ".store.cassandra..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.datastax..");

  /** Netty comes with that driver; the TLS room has it read PEM files. */
  @ArchTest
  static final ArchRule onlyTheCassandraStoreAndTheTlsRoomKnowNetty =
      noClasses()
          .that(
              not(resideInAPackage(ROOT + ".store.cassandra.."))
                  .and(not(resideInAPackage(ROOT + ".tls"))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..");

  @ArchTest
  static final ArchRule onlyTheMongodbStoreKnowsItsDriver =
      noClasses()
          .that(not(resideInAPackage(ROOT + ".store.mongodb..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.mongodb..", "org.bson..");

  @ArchTest
  static final ArchRule onlyOneRoomKnowsProtobuf =
      noClasses()
          .that(not(resideInAPackage(ROOT + ".format.protobuf")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.google.protobuf..");

  @ArchTest
  static final ArchRule onlyTheDoorsProtocolKnowsItsServer =
      noClasses()
          .that(not(resideInAPackage(ROOT + ".http..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.eclipse.jetty..");

  /**
   * Password is let through: it is the type that keeps a secret out of texts. ConfigException as
   * well: a file that a setting names is found unusable where it is read.
   */
  @ArchTest
  static final ArchRule onlyTheFaceToConnectKnowsKafka =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT,
              ROOT + ".config..",
              ROOT + ".door",
              ROOT + ".format",
              ROOT + ".intake.kafka",
              ROOT + ".payload",
              ROOT + ".kairosdb",
              ROOT + ".kairosdb.raw",
              ROOT + ".table",
              ROOT + ".errors",
              ROOT + ".delivery..",
              ROOT + ".metrics")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.apache.kafka..")
                  .and(not(equivalentTo(Password.class)))
                  .and(not(equivalentTo(ConfigException.class))));

  /**
   * Names and types of its settings are let through: the settings of the door are checked by them.
   */
  @ArchTest
  static final ArchRule onlyTheLogOfTheDoorKnowsTheProducer =
      noClasses()
          .that(not(resideInAPackage(ROOT + ".intake.kafka")))
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.apache.kafka.clients.producer..")
                  .and(not(equivalentTo(ProducerConfig.class))));

  /** Its process runs where there is no Connect. */
  @ArchTest
  static final ArchRule theDoorDoesNotKnowConnect =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + ".door", ROOT + ".http..", ROOT + ".intake..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.connect..");

  /** Connect 3.9 has the one and 4.x the other. */
  @ArchTest
  static final ArchRule nobodyKnowsTheRestServerOfAWorker =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "javax.ws.rs..", "javax.servlet..");

  /** A worker before 4.1 does not have them: only a class that it may fail to load names them. */
  @ArchTest
  static final ArchRule onlyOneClassKnowsTheMetricsOfPlugins =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".metrics.WorkerMetrics")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.common.metrics..");

  @ArchTest
  static final ArchRule noStateIsSharedByAllTasks = fields().that().areStatic().should().beFinal();

  @ArchTest static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule namesSayWhatAClassDoes =
      noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)(\\$.*)?");
}
