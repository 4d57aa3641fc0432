package io.datapoints.connect.intake.kafka;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * The producer in use. Some errors leave an idempotent producer unusable: it is then closed, and
 * another is made, after a second, and after twice as long each further time. {@link #renew} and
 * {@link #close} are on the log's thread, the other methods on any thread.
 */
final class LiveProducer {

  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final int MAX_DOUBLINGS = 5;

  private final Supplier<Producer<byte[], byte[]>> maker;
  private final LongSupplier nanoTime;
  private final AtomicReference<State> state;
  private volatile int failures;

  private sealed interface State {}

  private record Live(Producer<byte[], byte[]> producer) implements State {}

  /**
   * A producer that is done for.
   *
   * @param producer null once it is closed
   * @param cause the name of the error
   * @param at when, in nanoseconds
   */
  private record Ended(@Nullable Producer<byte[], byte[]> producer, String cause, long at)
      implements State {}

  /** Makes the first one; what is wrong with it is thrown. */
  LiveProducer(Supplier<Producer<byte[], byte[]>> maker, LongSupplier nanoTime) {
    this.maker = maker;
    this.nanoTime = nanoTime;
    this.state = new AtomicReference<>(new Live(maker.get()));
  }

  /** Null between the end of one and the next. */
  @Nullable Producer<byte[], byte[]> current() {
    return state.get() instanceof Live live ? live.producer() : null;
  }

  /** Null while there is one. */
  @Nullable String fault() {
    return state.get() instanceof Ended ended
        ? "The producer ended with " + ended.cause() + ", and another is made"
        : null;
  }

  /** A record was stored, so that the next error is a first one. */
  void succeeded() {
    if (failures > 0) {
      failures = 0;
    }
  }

  /** Takes the producer out of use if it does not survive the failure. */
  void failed(Producer<byte[], byte[]> producer, Exception failure) {
    if (isFatal(failure) && state.get() instanceof Live live && live.producer() == producer) {
      state.compareAndSet(
          live, new Ended(producer, failure.getClass().getSimpleName(), nanoTime.getAsLong()));
    }
  }

  /** Authentication is fatal too: the producer's id is never asked for again. */
  private static boolean isFatal(Exception failure) {
    return failure instanceof AuthenticationException
        || failure instanceof ClusterAuthorizationException
        || failure instanceof TransactionalIdAuthorizationException
        || failure instanceof ProducerFencedException
        || failure instanceof UnsupportedVersionException
        // It was closed, or refuses each record after an error that it does not survive.
        || failure instanceof IllegalStateException
        || failure.getClass() == KafkaException.class;
  }

  /** Closes what has ended, and makes another once it is time. */
  void renew() {
    if (!(state.get() instanceof Ended ended)) {
      return;
    }
    Producer<byte[], byte[]> old = ended.producer();
    if (old != null) {
      state.set(new Ended(null, ended.cause(), ended.at()));
      old.close(Duration.ZERO);
    }
    int doublings = Math.min(MAX_DOUBLINGS, failures);
    if (nanoTime.getAsLong() - ended.at() >= FIRST_PAUSE << doublings) {
      failures = doublings + 1;
      try {
        state.set(new Live(maker.get()));
      } catch (KafkaException e) {
        state.set(new Ended(null, e.getClass().getSimpleName(), nanoTime.getAsLong()));
      }
    }
  }

  /** Sends what is buffered, within the bound, and fails the rest. */
  void close(Duration bound) {
    State last = state.getAndSet(new Ended(null, "the door", nanoTime.getAsLong()));
    if (last instanceof Live live) {
      live.producer().close(bound);
    } else if (last instanceof Ended ended && ended.producer() != null) {
      ended.producer().close(Duration.ZERO);
    }
  }
}
