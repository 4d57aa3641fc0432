package io.datapoints.connect.store.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.datapoints.connect.config.MongoConfig;
import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.StoreValidator;
import io.datapoints.connect.store.ValidationResult;
import io.datapoints.connect.store.ValidationResult.SettingError;
import io.datapoints.connect.store.mongodb.collection.Privileges;
import io.datapoints.connect.store.mongodb.collection.RequiredCollection;
import io.datapoints.connect.store.mongodb.failure.ErrorCode;
import io.datapoints.connect.store.mongodb.failure.Failures;
import io.datapoints.connect.tls.HandshakeFailure;
import io.datapoints.connect.tls.TlsException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A look at a MongoDB deployment: by the rules of the tasks, with a client of its own. The driver
 * blocks, so it runs on a thread of its own, which closes the client whatever happens. Of a topic
 * that matches a pattern nothing is said before there is one.
 */
public final class MongoValidator implements StoreValidator {

  private final MongoSinkConfig config;
  private final MongoConfig connection;
  private final String clientName;

  private volatile @Nullable Thread thread;

  /**
   * A look with sound settings.
   *
   * @param clientName in the server's list of clients, and of the thread
   */
  public MongoValidator(MongoSinkConfig config, String clientName) {
    this(config, clientName, BOUND);
  }

  /**
   * @param bound the longest that the driver waits for one answer
   */
  MongoValidator(MongoSinkConfig config, String clientName, Duration bound) {
    this.config = config;
    this.connection = config.mongo().within(bound);
    this.clientName = clientName;
  }

  @Override
  public CompletionStage<List<ValidationResult>> validate() {
    return CompletableFuture.supplyAsync(this::look, this::start);
  }

  private void start(Runnable job) {
    Thread looking = new Thread(job, clientName + "-mongodb");
    looking.setDaemon(true);
    thread = looking;
    looking.start();
  }

  private List<ValidationResult> look() {
    try (MongoClient client = MongoClients.create(ClientSettings.of(connection, clientName))) {
      try {
        return look(client);
      } catch (MongoTimeoutException e) {
        return ofFailure(Objects.requireNonNullElse(MongoStore.hopeless(client), e));
      }
    } catch (RuntimeException e) {
      return ofFailure(e);
    }
  }

  private List<ValidationResult> look(MongoClient client) {
    Privileges privileges = Privileges.of(client);
    List<ValidationResult> findings = new ArrayList<>();
    for (RequiredCollection each : MongoStore.layouts(config, Clock.systemUTC()).required(client)) {
      findings.addAll(each.look(privileges));
    }
    return findings;
  }

  private List<ValidationResult> ofFailure(Throwable error) {
    Outcome outcome = Failures.ofOpening(error, connection.tls());
    if (outcome instanceof Outcome.Unavailable away) {
      return List.of(new ValidationResult.Unknown(away.reason()));
    }
    return List.of(complaint(error, outcome));
  }

  private SettingError complaint(Throwable error, Outcome outcome) {
    if (error instanceof MongoSecurityException) {
      return SettingError.of(
          MongoConfig.URI,
          "the server refuses this user with this password: correct either, or name the database"
              + " of the user as authSource");
    }
    if (error instanceof MongoCommandException answer
        && answer.getErrorCode() == ErrorCode.UNAUTHORIZED.number()) {
      return SettingError.of(
          MongoConfig.URI,
          "the server does not let this user in, or asks for one: grant the role readWrite on the"
              + " database");
    }
    String setting = setting(error).orElse(MongoConfig.URI);
    return SettingError.of(
        setting, outcome instanceof Outcome.Fatal fatal ? fatal.reason() : "refused");
  }

  /** The one to put right, where the failure tells. */
  private Optional<String> setting(Throwable error) {
    if (error instanceof StoreException known) {
      return known.setting();
    }
    if (error instanceof TlsException broken) {
      return Optional.of(broken.setting());
    }
    TlsConfig tls = connection.tls();
    return tls == null
        ? Optional.empty()
        : HandshakeFailure.of(error).map(failure -> failure.setting(tls));
  }

  /** The driver gives up what it waits for. */
  @Override
  public void close() {
    Thread looking = thread;
    if (looking != null) {
      looking.interrupt();
    }
  }
}
