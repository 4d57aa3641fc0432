package io.datapoints.connect.store.mongodb;

import com.mongodb.MongoServerException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.ServerDescription;
import io.datapoints.connect.config.MongoConfig;
import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.Store;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.mongodb.bulk.LayoutFactory;
import io.datapoints.connect.store.mongodb.bulk.OpenLayout;
import io.datapoints.connect.store.mongodb.documents.DocumentFactory;
import io.datapoints.connect.store.mongodb.documents.FlowsCollection;
import io.datapoints.connect.store.mongodb.failure.Failures;
import io.datapoints.connect.store.mongodb.points.PointsFactory;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A MongoDB deployment (4.2 or later) as a store. Owns one client of the driver, which is kept from
 * the first attempt to open on: it reconnects by itself, so an outage later needs no new one.
 *
 * <p>The methods are called on the task thread; the driver blocks, so all that talks to the server
 * runs on the store's own threads, on which the stages complete.
 */
public final class MongoStore implements Store {

  private final MongoConfig config;
  private final String taskName;
  private final LayoutFactory layouts;
  private final StoreThreads threads;

  private volatile @Nullable OpenLayout<?, ?> opened;

  /** Guarded by this; null until the first attempt to open, and after the end. */
  private @Nullable MongoClient client;

  private boolean closed;

  /**
   * A store for the configured layout.
   *
   * @param taskName names the task in the store's threads and in the server's list of clients
   * @param clock tells which points have expired
   */
  public MongoStore(MongoSinkConfig config, String taskName, Clock clock) {
    this.config = config.mongo();
    this.taskName = taskName;
    this.layouts = layouts(config, clock);
    this.threads = new StoreThreads(taskName, config.pipeline().batching().maxInFlightBatches());
  }

  /** The one place where the layout is chosen. */
  static LayoutFactory layouts(MongoSinkConfig config, Clock clock) {
    return switch (config.pipeline().layout()) {
      case KAIROSDB -> new PointsFactory(config, clock);
      case FLOWS ->
          new DocumentFactory(
              config, clock, check -> FlowsCollection.check(config.pipeline().flows(), check));
      case TABLE -> new DocumentFactory(config, clock);
    };
  }

  @Override
  public CompletionStage<Outcome> open() {
    return threads.run(this::attemptToOpen);
  }

  private Outcome attemptToOpen() {
    MongoClient connected = client();
    try {
      opened = layouts.open(connected);
      return Outcome.Durable.DURABLE;
    } catch (MongoTimeoutException e) {
      // Open before, it is opened again for a new topic: to a task that runs it is an outage.
      return opened == null
          ? Failures.ofOpening(Objects.requireNonNullElse(hopeless(connected), e), config.tls())
          : Failures.of(e);
    } catch (MongoServerException e) {
      Outcome outcome = Failures.of(e);
      // No row was sent that could be at fault: there is nothing but to try again.
      return outcome instanceof Outcome.Fatal ? outcome : Failures.unavailable(e);
    }
  }

  /** What keeps the driver from every member, if it will not pass with time: a certificate, say. */
  static @Nullable Throwable hopeless(MongoClient client) {
    Throwable last = null;
    for (ServerDescription member : client.getClusterDescription().getServerDescriptions()) {
      last = member.getException();
      if (last == null || !Failures.isHopeless(last)) {
        return null;
      }
    }
    return last;
  }

  /** Blocks only for the lookup of names, and only one attempt to open at a time. */
  private synchronized MongoClient client() {
    if (closed) {
      throw StoreException.fatal("the store is closed");
    }
    MongoClient connected = client;
    if (connected == null) {
      connected = MongoClients.create(ClientSettings.of(config, taskName));
      client = connected;
    }
    return connected;
  }

  @Override
  public boolean covers(String topic) {
    return layouts.covers(topic);
  }

  @Override
  public Plan plan(Sample sample) {
    return opened().plan(sample);
  }

  @Override
  public CompletionStage<Outcome> write(List<Row> rows) {
    OpenLayout<?, ?> layout = opened();
    return threads.run(() -> layout.write(rows));
  }

  private OpenLayout<?, ?> opened() {
    OpenLayout<?, ?> ready = opened;
    if (ready == null) {
      throw new IllegalStateException("the store is not open");
    }
    return ready;
  }

  /** The driver ends its sessions at the server, which may block: not on the task thread. */
  @Override
  public void close() {
    threads.close(this::disconnect);
  }

  private synchronized void disconnect() {
    closed = true;
    MongoClient connected = client;
    if (connected != null) {
      connected.close();
    }
  }
}
