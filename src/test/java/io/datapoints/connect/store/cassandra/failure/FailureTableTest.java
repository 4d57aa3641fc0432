package io.datapoints.connect.store.cassandra.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverExecutionException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import com.datastax.oss.driver.api.core.metadata.EndPoint;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.FunctionFailureException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.internal.core.metadata.DefaultEndPoint;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.cassandra.failure.FailureTable.Meaning;
import io.datapoints.connect.store.cassandra.failure.FailureTable.Verdict;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which cure each exception of the driver asks for. */
class FailureTableTest {

  private static final Pattern EXCEPTION_FILE = Pattern.compile(".*(Exception|Error)\\.class");

  @ParameterizedTest
  @CsvSource({
    "DriverTimeoutException, UNAVAILABLE",
    "NodeUnavailableException, UNAVAILABLE",
    "RequestThrottlingException, UNAVAILABLE",
    "connection.BusyConnectionException, UNAVAILABLE",
    "connection.ClosedConnectionException, UNAVAILABLE",
    "connection.ConnectionInitException, UNAVAILABLE",
    "connection.CrcMismatchException, UNAVAILABLE",
    "connection.HeartbeatException, UNAVAILABLE",
    "connection.FrameTooLongException, REFUSED",
    "servererrors.BootstrappingException, UNAVAILABLE",
    "servererrors.CASWriteUnknownException, UNAVAILABLE",
    "servererrors.CDCWriteFailureException, UNAVAILABLE",
    "servererrors.OverloadedException, UNAVAILABLE",
    "servererrors.ReadFailureException, UNAVAILABLE",
    "servererrors.ReadTimeoutException, UNAVAILABLE",
    "servererrors.ServerError, UNAVAILABLE",
    "servererrors.TruncateException, UNAVAILABLE",
    "servererrors.UnavailableException, UNAVAILABLE",
    "servererrors.WriteFailureException, UNAVAILABLE",
    "servererrors.WriteTimeoutException, UNAVAILABLE",
    "servererrors.InvalidQueryException, INVALID",
    "servererrors.InvalidConfigurationInQueryException, INVALID",
    "servererrors.SyntaxError, INVALID",
    "servererrors.AlreadyExistsException, FATAL",
    "servererrors.FunctionFailureException, DECLINED",
    "servererrors.ProtocolError, FATAL",
    "servererrors.UnauthorizedException, FATAL",
    "auth.AuthenticationException, FATAL",
    "InvalidKeyspaceException, FATAL",
    "type.codec.CodecNotFoundException, FATAL",
    "UnsupportedProtocolVersionException, FATAL",
  })
  void eachClassHasItsVerdict(String name, Verdict verdict) throws ClassNotFoundException {
    Class<?> type = Class.forName("com.datastax.oss.driver.api.core." + name);
    assertThat(FailureTable.BY_CLASS.get(type)).extracting(Meaning::verdict).isEqualTo(verdict);
  }

  @Test
  void noExceptionOfTheDriverIsForgotten() {
    Set<String> concrete =
        new ClassFileImporter()
                .withImportOption(location -> location.matches(EXCEPTION_FILE))
                .importPackages("com.datastax.oss.driver.api.core")
                .stream()
                .filter(type -> type.isAssignableTo(DriverException.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    Set<String> looked =
        Stream.concat(
                FailureTable.BY_CLASS.keySet().stream(),
                // Looked into, and so not judged by their class.
                Stream.of(
                    AllNodesFailedException.class,
                    NoNodeAvailableException.class,
                    DriverExecutionException.class))
            .map(Class::getName)
            .collect(Collectors.toSet());
    assertThat(concrete).isNotEmpty().isSubsetOf(looked);
  }

  static Stream<Arguments> nodes() {
    Throwable wrongPassword = authentication("Provided username and/or password are incorrect");
    Throwable busy = new DriverTimeoutException("slow");
    return Stream.of(
        Arguments.of(List.of(wrongPassword), Verdict.FATAL),
        Arguments.of(List.of(wrongPassword, wrongPassword), Verdict.FATAL),
        Arguments.of(List.of(wrongPassword, busy), Verdict.UNAVAILABLE),
        Arguments.of(List.of(busy, new ConnectException("refused")), Verdict.UNAVAILABLE),
        Arguments.of(
            List.of(
                new UnavailableException(null, ConsistencyLevel.ONE, 1, 0),
                new ClosedConnectionException("lost")),
            Verdict.UNAVAILABLE));
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void allNodesHaveToAgreeOnAnythingThatTimeDoesNotCure(List<Throwable> errors, Verdict verdict) {
    List<Map.Entry<Node, Throwable>> byNode = new ArrayList<>();
    errors.forEach(error -> byNode.add(Map.entry(node(), error)));
    assertThat(FailureTable.verdict(AllNodesFailedException.fromErrors(byNode))).isEqualTo(verdict);
  }

  @Test
  void noNodeAtAllIsAnOutage() {
    assertThat(FailureTable.verdict(new NoNodeAvailableException())).isEqualTo(Verdict.UNAVAILABLE);
  }

  @Test
  void fullDisksAreNoFaultOfTheRows() {
    assertThat(
            FailureTable.verdict(
                new InvalidQueryException(
                    null,
                    "Guardrail data_disk_usage violated: Write request failed because disk usage"
                        + " exceeds failure threshold")))
        .isEqualTo(Verdict.UNAVAILABLE);
  }

  @Test
  void wrappersDoNotHideTheCause() {
    assertThat(
            FailureTable.verdict(
                new CompletionException(
                    new DriverExecutionException(new InvalidQueryException(null, "no")))))
        .isEqualTo(Verdict.INVALID);
  }

  @Test
  void aNodeThatCannotReadItsRolesIsAnOutageAndNotAWrongPassword() {
    assertThat(
            FailureTable.verdict(
                authentication("Unable to perform authentication: Operation timed out")))
        .isEqualTo(Verdict.UNAVAILABLE);
    assertThat(
            FailureTable.verdict(
                new UnauthorizedException(
                    null,
                    "Unable to perform authorization of permissions: Cannot achieve consistency"
                        + " level LOCAL_ONE")))
        .isEqualTo(Verdict.UNAVAILABLE);
    assertThat(
            FailureTable.verdict(
                new UnauthorizedException(null, "User u has no MODIFY permission on <table k.t>")))
        .isEqualTo(Verdict.FATAL);
  }

  @Test
  void aCertificateThatIsNotTrustedIsAnOutageToASessionThatWasThereOnce() {
    SSLHandshakeException handshake = new SSLHandshakeException("PKIX path building failed");
    handshake.initCause(new CertificateException("no path"));
    for (Throwable each : List.of(handshake, new SSLHandshakeException("closed"))) {
      ConnectionInitException failure = new ConnectionInitException("init", each);
      assertThat(ofWrite(failure, Optional.empty())).isInstanceOf(Outcome.Unavailable.class);
      assertThat(Failures.ofOpening(failure)).isInstanceOf(Outcome.Unavailable.class);
    }
  }

  @Test
  void aServerErrorOverALargeMutationIsRefused() {
    ServerError error =
        new ServerError(
            null,
            "java.lang.IllegalArgumentException: Mutation of 17000000 bytes is too large for the"
                + " maximum size of 16777216");
    assertThat(FailureTable.verdict(error)).isEqualTo(Verdict.REFUSED);
    assertThat(ServerMessage.safe(error))
        .isEqualTo(
            "ServerError: Mutation of 17000000 bytes is too large for the maximum size of 16777216");
  }

  @Test
  void whatNobodyKnowsIsFatal() {
    assertThat(FailureTable.verdict(new IllegalStateException("?"))).isEqualTo(Verdict.FATAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Batch too large                                              | Batch too large
          Key length of 70000 is longer than maximum of 65535          | Key length of 70000 is longer than maximum of 65535
          Guardrail user_timestamps violated: secret                   | Guardrail user_timestamps violated
          User provided timestamps (USING TIMESTAMP) is not allowed    | User provided timestamps (USING TIMESTAMP) is not allowed
          Encountered an oversized mutation (9/5) for keyspace: k. Top keys are: t.secret | Encountered an oversized mutation (9/5)
          """)
  void onlyHarmlessTextsOfTheServerArePassedOn(String message, String passed) {
    assertThat(ServerMessage.safe(new InvalidQueryException(null, message)))
        .isEqualTo("InvalidQueryException (0x2200): " + passed);
  }

  @Test
  void aFunctionThatFailsIsNamedWithoutWhatItWasGiven() {
    String message = "execution of 'ks.parse[text]' failed: java.lang.RuntimeException: secret";
    assertThat(ServerMessage.safe(new InvalidQueryException(null, message)))
        .isEqualTo("InvalidQueryException (0x2200): execution of 'ks.parse[text]' failed");
  }

  @Test
  void otherTextsOfTheServerAreNotPassedOn() {
    assertThat(ServerMessage.safe(new InvalidQueryException(null, "bad value secret")))
        .isEqualTo("InvalidQueryException (0x2200)");
    Outcome outcome =
        Failures.ofWrite(
                new ServerError(null, "failed at secret"),
                () -> CompletableFuture.completedFuture(Optional.empty()))
            .toCompletableFuture()
            .join();
    assertThat(((Outcome.Unavailable) outcome).reason()).isEqualTo("ServerError");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "table data_points does not exist",
        "keyspace k does not exist",
        "unconfigured table data_points"
      })
  void aNodeThatLagsBehindTheSchemaOfTheOthersIsNoFaultOfTheRows(String message) {
    InvalidQueryException unknown = new InvalidQueryException(null, message);
    assertThat(ofWrite(unknown, Optional.empty())).isInstanceOf(Outcome.Unavailable.class);
    assertThat(ofWrite(unknown, Optional.of("gone"))).isInstanceOf(Outcome.Fatal.class);
    assertThat(ofWrite(new InvalidQueryException(null, "secret " + message), Optional.empty()))
        .isInstanceOf(Outcome.Declined.class);
  }

  /** A guardrail that is switched on while the task runs speaks to every statement. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "User provided timestamps (USING TIMESTAMP) is not allowed",
        "bad value secret",
        "ttl is too large. requested (700000000) maximum (630720000)"
      })
  void whatMayBeSaidToEveryRowBlamesNobodyYet(String message) {
    Outcome outcome = ofWrite(new InvalidQueryException(null, message), Optional.empty());
    assertThat(outcome).isInstanceOf(Outcome.Declined.class);
    assertThat(((Outcome.Declined) outcome).reason())
        .startsWith("InvalidQueryException (0x2200)")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Key length of 70000 is longer than maximum of 65535",
        "Key may not be empty",
        "Batch too large"
      })
  void whatIsSaidOfOneRowRefusesIt(String message) {
    assertThat(ofWrite(new InvalidQueryException(null, message), Optional.empty()))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void aFunctionThatFailsBlamesNobodyYet() {
    assertThat(ofWrite(new FunctionFailureException(null, "failed at secret"), Optional.empty()))
        .isEqualTo(new Outcome.Declined(Cause.OTHER, "FunctionFailureException (0x1400)"));
  }

  @Test
  void aStatementIsNotJudgedWhileTheNodesDoNotAgreeOnTheSchema() {
    Outcome outcome =
        Failures.ofWrite(
                new InvalidQueryException(null, "unknown"),
                () ->
                    CompletableFuture.failedFuture(
                        StoreException.retry(Cause.SCHEMA, "no agreement")))
            .toCompletableFuture()
            .join();
    assertThat(((Outcome.Unavailable) outcome).reason()).isEqualTo("no agreement");
  }

  @Test
  void everyClassThatTimeCuresHasACauseAndNoOther() {
    assertThat(FailureTable.BY_CLASS.values())
        .allSatisfy(
            each ->
                assertThat(each.cause() != Cause.OTHER)
                    .isEqualTo(each.verdict() == Verdict.UNAVAILABLE));
  }

  @Test
  void causesAreFoundInWrappersAndSubclassesAndBehindNodes() {
    assertThat(cause(new CompletionException(new DriverTimeoutException("late"))))
        .isEqualTo(Cause.TIMEOUT);
    assertThat(cause(new ConnectException("refused"))).isEqualTo(Cause.CONNECTION);
    assertThat(cause(new NoNodeAvailableException())).isEqualTo(Cause.CONNECTION);
    assertThat(cause(new InvalidQueryException(null, "no"))).isEqualTo(Cause.OTHER);
  }

  @Test
  void textsOfTheServerTellWhatItsClassDoesNot() {
    assertThat(cause(new InvalidQueryException(null, "disk usage exceeds failure threshold")))
        .isEqualTo(Cause.DISK_FULL);
    assertThat(
            cause(
                new UnauthorizedException(null, "Unable to perform authorization of permissions")))
        .isEqualTo(Cause.SERVER);
  }

  @Test
  void anOutcomeHasItsCause() {
    Outcome outcome =
        ofWrite(new UnavailableException(null, ConsistencyLevel.ONE, 1, 0), Optional.empty());
    assertThat(((Outcome.Unavailable) outcome).cause()).isEqualTo(Cause.REPLICAS);
    assertThat(
            ((Outcome.Unavailable) StoreException.retry(Cause.SCHEMA, "for a table").outcome())
                .cause())
        .isEqualTo(Cause.SCHEMA);
  }

  private static Cause cause(Throwable error) {
    return FailureTable.meaning(error).cause();
  }

  private static Outcome ofWrite(Throwable error, Optional<String> schemaProblem) {
    return Failures.ofWrite(error, () -> CompletableFuture.completedFuture(schemaProblem))
        .toCompletableFuture()
        .join();
  }

  static AuthenticationException authentication(String answer) {
    EndPoint endPoint = new DefaultEndPoint(InetSocketAddress.createUnresolved("node", 9042));
    return new AuthenticationException(
        endPoint, "server replied with '" + answer + "' to AuthResponse request");
  }

  static Node node() {
    EndPoint endPoint = new DefaultEndPoint(InetSocketAddress.createUnresolved("node", 9042));
    return (Node)
        Proxy.newProxyInstance(
            FailureTableTest.class.getClassLoader(),
            new Class<?>[] {Node.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getEndPoint" -> endPoint;
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> "node";
                });
  }
}
