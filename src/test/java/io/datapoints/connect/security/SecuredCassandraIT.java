package io.datapoints.connect.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.kit.WorkerSettings;
import io.datapoints.connect.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker before a Cassandra with mutual TLS and passwords, its secrets in files. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredCassandraIT {

  private static final String CASSANDRA = "io.datapoints.connect.CassandraDatapointSinkConnector";
  private static final String MONGODB = "io.datapoints.connect.MongoDatapointSinkConnector";
  private static final String PROVIDERS = "org.apache.kafka.common.config.provider.";

  private static final String BAD = "{\"name\":\"m\",\"timestamp\":1,\"value\":1,\"tags\":{}}";

  private final Servers servers;
  private final Secrets secrets;
  @AutoClose private final ConnectWorker worker;
  @AutoClose private final SecuredCassandra cassandra;

  SecuredCassandraIT(Servers servers) throws IOException {
    this.servers = servers;
    Path directory =
        Path.of(System.getProperty("datapoints.workdir", "target/servers"), "security")
            .toAbsolutePath();
    this.secrets = new Secrets(Files.createDirectories(directory.resolve("secrets")));
    this.worker =
        servers.worker(
            WorkerSettings.defaults()
                .archive(Servers.archive().orElseThrow())
                .group("security")
                .property("config.providers", "file,dir")
                .property("config.providers.file.class", PROVIDERS + "FileConfigProvider")
                .property("config.providers.file.param.allowed.paths", path(secrets.directory()))
                .property("config.providers.dir.class", PROVIDERS + "DirectoryConfigProvider")
                .property("config.providers.dir.param.allowed.paths", path(secrets.directory()))
                .flag("-Dorg.slf4j.simpleLogger.log.io.datapoints=debug"));
    this.cassandra = new SecuredCassandra(servers, directory.resolve("tls"));
  }

  @Test
  void pointsArriveOverMutualTlsFromPemFiles() throws IOException {
    assertDelivers(pem("security-pem"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void pointsArriveOverMutualTlsFromKeyStores(String type) throws IOException {
    String password = Secrets.of("store");
    assertDelivers(
        pipeline("security-" + type.toLowerCase(Locale.ROOT))
            .with("cassandra.ssl.truststore.location", path(cassandra.trustStore(type, password)))
            .with("cassandra.ssl.truststore.password", secrets.inFile("store"))
            .with("cassandra.ssl.keystore.location", path(cassandra.keyStore(type, password)))
            .with("cassandra.ssl.keystore.password", secrets.inFile("store")));
  }

  @Test
  void anUnknownAuthorityIsRefusedAndFailsTheTaskWithTheSettingToLookAt() throws IOException {
    assertFails(
        pem("security-stranger")
            .with("cassandra.ssl.truststore.location", path(cassandra.strangerFile())),
        "the server's certificate is from no authority that is trusted; see"
            + " cassandra.ssl.truststore.location");
  }

  @Test
  void aWrongHostNameIsRefusedAndFailsTheTaskWithTheSettingToLookAt() throws IOException {
    int port = cassandra.node().address().getPort();
    assertFails(
        pem("security-name").with("cassandra.contact.points", "localhost:" + port),
        "the server's certificate does not carry the name or address by which it was reached; see"
            + " cassandra.ssl.hostname.validation");
  }

  @Test
  void aMissingClientCertificateIsRefusedAndFailsTheTaskWithTheSettingToLookAt()
      throws IOException {
    assertFails(
        pipeline("security-nobody")
            .with("cassandra.ssl.truststore.location", path(cassandra.authorityFile())),
        "the server does not take the client's certificate, or misses one; see"
            + " cassandra.ssl.keystore.location");
  }

  @Test
  void aWrongPasswordIsRefusedAndFailsTheTask() throws IOException {
    assertFails(
        pem("security-password").with("cassandra.password", secrets.inFile("wrong")),
        "the cluster refuses the user of cassandra.username with this password: correct"
            + " either, and let the role LOGIN");
  }

  @Test
  void aWrongPasswordOfTheKeyIsRefusedAndFailsTheTask() throws IOException {
    assertFails(
        pem("security-key").with("cassandra.ssl.key.password", secrets.inFile("wrong")),
        "cassandra.ssl.key.password does not open the private key in cassandra.ssl.key.location");
  }

  /** Whatever happens, and whoever asks. */
  @Test
  void noSecretIsToldAnywhere() throws Exception {
    Overheard overheard = new Overheard(worker);
    overhearSuccess(overheard);
    overhearValidation(overheard);
    overhearFailure(
        overheard, pem("secrets-wrong").with("cassandra.password", secrets.inFile("wrong")));
    overhearFailure(
        overheard, pem("secrets-key").with("cassandra.ssl.key.password", secrets.inFile("wrong")));
    overhearFailure(
        overheard,
        pipeline("secrets-store")
            .with("cassandra.ssl.truststore.location", path(cassandra.authorityFile()))
            .with("cassandra.ssl.keystore.location", path(cassandra.keyStore("JKS", "other")))
            .with("cassandra.ssl.keystore.password", secrets.inFile("wrong")));
    overhearMongo(overheard);
    overheard.metrics();

    assertThat(overheard.texts())
        .anyMatch(each -> each.place().equals("log") && each.text().contains("secrets-wrong"))
        .anyMatch(each -> each.place().endsWith("/config") && each.text().contains("${file:"))
        .anyMatch(each -> each.place().startsWith("dead letter"))
        .anyMatch(each -> each.place().equals("JMX") && each.text().contains("rows-written-total"));
    assertThat(overheard.places(Secrets.MARK)).isEmpty();
  }

  private void overhearSuccess(Overheard overheard) throws Exception {
    Pipeline pipeline =
        pem("secrets-success")
            .withDeadLetters()
            .with("errors.log.enable", "true")
            .with("errors.log.include.messages", "true")
            .with(
                "cassandra.driver.advanced.ssl-engine-factory.truststore-password",
                secrets.inProperties("driver"));
    overheard.answer("PUT", () -> worker.rest().putConnector(pipeline.name(), pipeline.config()));
    worker.rest().awaitRunning(pipeline.name());
    pipeline.deliver(point(1), BAD, point(2));
    assertThat(cassandra.points(pipeline.keyspace())).isEqualTo(2);
    overheard.connector(pipeline.name());
    // Before the restart, after which there is no task for a moment.
    overheard.metrics();
    worker.rest().restart(pipeline.name());
    worker.rest().awaitRunning(pipeline.name());
    pipeline.deliver(point(3), BAD);
    overheard.connector(pipeline.name());
    overheard.letters(servers.kafka().records(pipeline.errors()));
    pipeline.close();
  }

  /** Secrets as they are, since validation answers before there is anything to resolve. */
  private void overhearValidation(Overheard overheard) throws Exception {
    Map<String, String> bare = new HashMap<>();
    bare.put("name", "secrets-bare");
    bare.put("topics", "any");
    bare.put("cassandra.username", "me");
    for (String password :
        List.of(
            "cassandra.password",
            "cassandra.ssl.truststore.password",
            "cassandra.ssl.keystore.password",
            "cassandra.ssl.key.password",
            "cassandra.driver.advanced.auth-provider.password",
            "cassandra.driver.password",
            "cassandra.pasword")) {
      bare.put(password, Secrets.of("bare"));
    }
    bare.put("batch.max.rows", "many");
    assertThat(overheard.answer("validate", () -> worker.rest().validate(CASSANDRA, bare)))
        .contains("cassandra.pasword is not a setting", "many");
    bare.put("connector.class", CASSANDRA);
    assertThat(overheard.answer("PUT", () -> worker.rest().putConnector("secrets-bare", bare)))
        .contains("cassandra.pasword is not a setting");
    for (String uri : List.of("mongodb://me:%s@h/?w=1", "mongodb://me:%s%%zz@h/", "%s@h")) {
      Map<String, String> mongo = new HashMap<>();
      mongo.put("name", "secrets-bare");
      mongo.put("topics", "any");
      mongo.put("mongodb.uri", uri.formatted(Secrets.of("bare")));
      mongo.put("mongodb.ssl.key.password", Secrets.of("bare"));
      assertThat(overheard.answer("validate", () -> worker.rest().validate(MONGODB, mongo)))
          .contains("mongodb.ssl.keystore.location is missing");
    }
  }

  /** What validation has to say, and then the task where nobody asked for validation. */
  private void overhearFailure(Overheard overheard, Pipeline pipeline) throws Exception {
    overheard.answer(
        "create", () -> worker.rest().validate(connector(pipeline), pipeline.config()));
    pipeline.with("validate.connect", "false");
    worker.rest().putConnector(pipeline.name(), pipeline.config());
    worker.rest().awaitFailed(pipeline.name());
    overheard.connector(pipeline.name());
    worker.rest().restart(pipeline.name());
    worker.rest().awaitFailed(pipeline.name());
    overheard.connector(pipeline.name());
    pipeline.close();
  }

  /**
   * A user that the server does not know, and a connection string that the driver does not take.
   */
  private void overhearMongo(Overheard overheard) throws Exception {
    String host = "127.0.0.1:" + servers.mongo().address().getPort() + "/?directConnection=true";
    String password = secrets.inProperties("mongo");
    overhearFailure(
        overheard,
        Pipeline.toMongo(servers, worker, "secrets", "secrets-mongo", 1)
            .with("mongodb.uri", "mongodb://me:" + password + "@" + host));
    overhearFailure(
        overheard,
        Pipeline.toMongo(servers, worker, "secrets", "secrets-uri", 1)
            .with("mongodb.uri", "mongodb://me:" + password + "%zz@" + host));
  }

  private void assertDelivers(Pipeline pipeline) throws IOException {
    try (pipeline) {
      pipeline.deploy();
      pipeline.deliver(
          IntStream.range(0, 20).mapToObj(SecuredCassandraIT::point).toArray(String[]::new));
      assertThat(cassandra.points(pipeline.keyspace())).isEqualTo(20);
    }
  }

  private void assertFails(Pipeline pipeline, String reason) throws IOException {
    try (pipeline) {
      assertThatThrownBy(() -> worker.rest().putConnector(pipeline.name(), pipeline.config()))
          .hasMessageContaining("400")
          .hasMessageContaining(reason);
      pipeline.with("validate.connect", "false");
      worker.rest().putConnector(pipeline.name(), pipeline.config());
      worker.rest().awaitFailed(pipeline.name());
      assertThat(worker.rest().trace(pipeline.name())).contains(reason);
    }
  }

  private static String connector(Pipeline pipeline) {
    return pipeline.config().getOrDefault("connector.class", "");
  }

  /** With everything that is needed, from PEM files. */
  private Pipeline pem(String name) {
    return pipeline(name)
        .with("cassandra.ssl.truststore.location", path(cassandra.authorityFile()))
        .with("cassandra.ssl.keystore.location", path(cassandra.certificateFile()))
        .with("cassandra.ssl.key.location", path(cassandra.keyFile(Secrets.of("key"))))
        .with("cassandra.ssl.key.password", secrets.inProperties("key"));
  }

  private Pipeline pipeline(String name) {
    return new Pipeline(servers, worker, cassandra.node(), name, 1)
        .with("cassandra.username", SecuredCassandra.USER)
        .with("cassandra.password", secrets.inProperties("user"))
        .with("cassandra.ssl.enabled", "true");
  }

  private static String path(Path file) {
    return file.toString();
  }

  /** A point whose value is its number. */
  private static String point(int number) {
    return "{\"name\":\"m\",\"timestamp\":%d,\"value\":%d,\"tags\":{\"host\":\"h\"}}"
        .formatted(1_700_000_000_000L + number, number);
  }
}
