package io.datapoints.connect.store.mongodb.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoIncompatibleDriverException;
import com.mongodb.MongoInternalException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoSocketWriteException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ClusterType;
import com.mongodb.connection.ServerId;
import com.mongodb.spi.dns.DnsException;
import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.kit.Authority;
import io.datapoints.connect.kit.CertificateFiles;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.mongodb.failure.ErrorCode.Verdict;
import io.datapoints.connect.tls.TlsContext;
import io.datapoints.connect.tls.TlsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.BsonSerializationException;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which cure the exceptions of the driver ask for that end a whole attempt. */
class FailuresTest {

  private static final ServerAddress SERVER = new ServerAddress("db.example", 27_017);
  private static final ServerId SERVER_ID = new ServerId(new ClusterId(), SERVER);
  private static final MongoCredential USER =
      MongoCredential.createCredential("writer", "admin", "hunter2".toCharArray());

  static Stream<Arguments> exceptions() throws Exception {
    IOException broken = new IOException("broken");
    MongoSocketReadException cut = new MongoSocketReadException("cut", SERVER, broken);
    return Stream.of(
        unavailable(new MongoSocketOpenException("refused", SERVER, broken)),
        unavailable(cut),
        unavailable(new MongoSocketReadTimeoutException("slow", SERVER, broken)),
        unavailable(new MongoSocketWriteException("cut", SERVER, broken)),
        unavailable(new MongoSocketWriteException("handshake", SERVER, untrusted())),
        unavailable(new MongoTimeoutException("no server")),
        unavailable(new MongoOperationTimeoutException("too long")),
        unavailable(new MongoInterruptedException("interrupted", new InterruptedException())),
        unavailable(new MongoConnectionPoolClearedException(SERVER_ID, cut)),
        unavailable(new MongoNotPrimaryException(answer(10_107), SERVER)),
        unavailable(new MongoNodeIsRecoveringException(answer(11_600), SERVER)),
        unavailable(command(91)),
        unavailable(command(112)),
        Arguments.of(command(987_654), Outcome.Declined.class),
        fatal(command(301)),
        fatal(command(8_000)),
        fatal(command(13_297)),
        unavailable(labelled(command(13), "RetryableWriteError")),
        unavailable(labelled(command(2), MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)),
        unavailable(labelled(command(20), MongoException.SYSTEM_OVERLOADED_ERROR_LABEL)),
        unavailable(labelled(command(20), MongoException.RETRYABLE_ERROR_LABEL)),
        unavailable(new MongoInternalException("garbage")),
        unavailable(writeConcern(64)),
        unavailable(writeConcern(987_654)),
        unavailable(new MongoConfigurationException("TXT", new DnsException("no answer", broken))),
        unavailable(new MongoSecurityException(USER, "Exception authenticating", cut)),
        unavailable(new MongoSecurityException(USER, "Exception authenticating", broken)),
        unavailable(new MongoSecurityException(USER, "Exception authenticating", command(91))),
        refused(new BsonMaximumSizeExceededException("17 MB")),
        refused(new BsonSerializationException("deep")),
        refused(command(10_334)),
        fatal(new MongoSecurityException(USER, "Exception authenticating")),
        fatal(new MongoSecurityException(USER, "Exception authenticating", command(18))),
        fatal(new MongoSecurityException(USER, "Exception authenticating", command(8000))),
        fatal(
            new MongoSecurityException(
                USER, "Outer", new MongoSecurityException(USER, "Inner", command(18)))),
        fatal(command(13)),
        fatal(command(18)),
        fatal(command(61)),
        fatal(command(85)),
        fatal(command(2)),
        fatal(
            new MongoIncompatibleDriverException(
                "too old",
                new ClusterDescription(
                    ClusterConnectionMode.SINGLE, ClusterType.STANDALONE, List.of()))),
        fatal(new MongoConfigurationException("wrong")),
        fatal(new MongoClientException("does not support retryable writes")),
        fatal(new IllegalArgumentException("?")),
        fatal(new StackOverflowError()));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void eachExceptionHasItsVerdict(Throwable error, Class<? extends Outcome> outcome) {
    assertThat(Failures.of(error)).isInstanceOf(outcome);
  }

  /** Certificates are renewed one member after the other. */
  @Test
  void aCertificateIsForAnOperatorWhenATaskStartsAndAnOutageToOneThatRuns() {
    MongoSocketWriteException handshake =
        new MongoSocketWriteException("handshake", SERVER, untrusted());
    assertThat(Failures.of(handshake)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(Failures.ofOpening(handshake, null)).isInstanceOf(Outcome.Fatal.class);
    TlsConfig tls = new TlsConfig("mongodb.ssl.", null, null, null, null, null, null, true);
    assertThat(((Outcome.Fatal) Failures.ofOpening(handshake, tls)).reason())
        .contains("see mongodb.ssl.truststore.location");
  }

  @Test
  void aFaultInOurOwnFilesIsNotBlamedOnTheServer(@TempDir Path directory) {
    Authority.Identity late = new Authority("authority").expiredClient("late");
    Path keystore =
        new CertificateFiles(directory)
            .pem("tls.pem", late.certificate(), CertificateFiles.pkcs8(late.key()));
    TlsConfig tls =
        new TlsConfig("mongodb.ssl.", null, null, keystore.toString(), null, null, null, true);
    TlsException broken = catchThrowableOfType(TlsException.class, () -> TlsContext.of(tls));
    assertThat(((Outcome.Fatal) Failures.ofOpening(broken, tls)).reason())
        .startsWith("the certificate of mongodb.ssl.keystore.location expired at ");
  }

  private static MongoWriteConcernException writeConcern(int code) {
    return new MongoWriteConcernException(
        new WriteConcernError(code, "x", "x", new BsonDocument()), null, SERVER, List.of());
  }

  private static SSLHandshakeException untrusted() {
    SSLHandshakeException untrusted = new SSLHandshakeException("no trust");
    untrusted.initCause(new CertificateException(new CertPathBuilderException("no path")));
    return untrusted;
  }

  @Test
  void aReasonNamesTheCodeAndNothingOfTheAnswer() {
    Outcome outcome = Failures.of(command(13));
    assertThat(((Outcome.Fatal) outcome).reason())
        .isEqualTo("MongoCommandException: Unauthorized (13)");
    assertThat(trace(((Outcome.Fatal) outcome).cause()))
        .doesNotContain("secret")
        .contains("FailuresTest");
  }

  @Test
  void anAnswerDeepInTheCausesIsNotToldEither() {
    MongoOperationTimeoutException late = new MongoOperationTimeoutException("secret", command(50));
    MongoSocketReadException retried =
        new MongoSocketReadException("reset", SERVER, new IOException());
    retried.addSuppressed(command(112));
    for (Throwable error : List.of(late, retried)) {
      Outcome.Unavailable outcome = (Outcome.Unavailable) Failures.of(error);
      assertThat(outcome.reason()).isEqualTo(error.getClass().getSimpleName());
      assertThat(trace(outcome.error())).doesNotContain("secret");
    }
  }

  @Test
  void aFailedAuthenticationTellsNoPassword() {
    MongoSecurityException wrong =
        new MongoSecurityException(USER, "Exception authenticating " + USER, command(18));
    Outcome.Fatal outcome = (Outcome.Fatal) Failures.of(wrong);
    assertThat(outcome.reason())
        .isEqualTo(
            "the server refuses the user and password of mongodb.uri"
                + " (MongoSecurityException: AuthenticationFailed (18))");
    assertThat(trace(outcome.cause())).doesNotContain("hunter2", "secret");
    Outcome.Fatal bare =
        (Outcome.Fatal) Failures.of(new MongoSecurityException(USER, "Refused " + USER));
    assertThat(bare.reason() + trace(bare.cause())).doesNotContain("hunter2");
  }

  @Test
  void whatTheDriverSaysOfTheNetworkIsTold() {
    Outcome outcome =
        Failures.of(new MongoSocketOpenException("Exception opening socket", SERVER, null));
    assertThat(((Outcome.Unavailable) outcome).reason())
        .isEqualTo("MongoSocketOpenException: Exception opening socket");
  }

  @Test
  void causesThatGoInCirclesComeToAnEnd() {
    MongoClientException one = new MongoClientException("one");
    MongoClientException other = new MongoClientException("other", one);
    one.initCause(other);
    assertThat(Failures.verdict(one)).isEqualTo(Verdict.FATAL);
  }

  private static Arguments unavailable(Throwable error) {
    return Arguments.of(error, Outcome.Unavailable.class);
  }

  private static Arguments refused(Throwable error) {
    return Arguments.of(error, Outcome.Refused.class);
  }

  private static Arguments fatal(Throwable error) {
    return Arguments.of(error, Outcome.Fatal.class);
  }

  private static MongoCommandException command(int code) {
    return new MongoCommandException(answer(code), SERVER);
  }

  private static BsonDocument answer(int code) {
    return new BsonDocument("ok", new BsonInt32(0))
        .append("code", new BsonInt32(code))
        .append("errmsg", new BsonString("not liked: {value: 'secret'}"))
        .append("errorLabels", new BsonArray());
  }

  private static MongoException labelled(MongoException error, String label) {
    error.addLabel(label);
    return error;
  }

  private static String trace(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
