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
          .layer("model")
          .definedBy(ROOT + ".model")
          .layer("raw")
          .definedBy(ROOT + ".raw")
          .layer("mapping")
          .definedBy(ROOT + ".mapping")
          .layer("kairosdb")
          .definedBy(ROOT + ".kairosdb")
          .layer("decode")
          .definedBy(ROOT + ".decode")
          .layer("validate")
          .definedBy(ROOT + ".validate")
          .layer("delivery")
          .definedBy(ROOT + ".delivery")
          .layer("store")
          .definedBy(ROOT + ".store")
          .layer("stores")
          .definedBy(ROOT + ".store.*")
          .layer("tls")
          .definedBy(ROOT + ".tls")
          .layer("errors")
          .definedBy(ROOT + ".errors")
          .layer("metrics")
          .definedBy(ROOT + ".metrics")
          .ensureAllClassesAreContainedInArchitecture()
          .whereLayer("root")
          .mayOnlyAccessLayers(
              "config",
              "model",
              "raw",
              "mapping",
              "kairosdb",
              "decode",
              "validate",
              "delivery",
              "store",
              "stores",
              "errors",
              "metrics")
          .whereLayer("config")
          .mayOnlyAccessLayers("model", "mapping")
          .whereLayer("mapping")
          .mayOnlyAccessLayers("model")
          .whereLayer("model")
          .mayNotAccessAnyLayer()
          .whereLayer("raw")
          .mayOnlyAccessLayers("model")
          .whereLayer("kairosdb")
          .mayOnlyAccessLayers("model", "raw")
          .whereLayer("decode")
          .mayOnlyAccessLayers("model", "config", "raw", "mapping", "kairosdb")
          .whereLayer("validate")
          .mayOnlyAccessLayers("model", "config", "raw", "kairosdb")
          .whereLayer("delivery")
          .mayOnlyAccessLayers("model", "config", "store", "metrics", "errors")
          .whereLayer("store")
          .mayOnlyAccessLayers("model")
          .whereLayer("stores")
          .mayOnlyAccessLayers("store", "model", "mapping", "config", "kairosdb", "tls")
          .whereLayer("tls")
          .mayOnlyAccessLayers("config")
          .whereLayer("errors")
          .mayOnlyAccessLayers("model")
          .whereLayer("metrics")
          .mayOnlyAccessLayers("model", "store");

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
          .that(not(resideInAPackage(ROOT + ".store.cassandra")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.datastax..");

  /** Netty comes with that driver; the TLS room has it read PEM files. */
  @ArchTest
  static final ArchRule onlyTheCassandraStoreAndTheTlsRoomKnowNetty =
      noClasses()
          .that(
              not(resideInAPackage(ROOT + ".store.cassandra"))
                  .and(not(resideInAPackage(ROOT + ".tls"))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..");

  @ArchTest
  static final ArchRule onlyTheMongodbStoreKnowsItsDriver =
      noClasses()
          .that(not(resideInAPackage(ROOT + ".store.mongodb")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.mongodb..", "org.bson..");

  /** Password is let through: it is the type that keeps a secret out of texts. */
  @ArchTest
  static final ArchRule onlyTheFaceToConnectKnowsKafka =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT,
              ROOT + ".config",
              ROOT + ".decode",
              ROOT + ".errors",
              ROOT + ".delivery",
              ROOT + ".metrics")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.apache.kafka..").and(not(equivalentTo(Password.class))));

  /** A worker before 4.1 does not have them: only a class that it may fail to load names them. */
  @ArchTest
  static final ArchRule onlyOneClassKnowsTheMetricsOfPlugins =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".metrics.WorkerDisplay")
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
