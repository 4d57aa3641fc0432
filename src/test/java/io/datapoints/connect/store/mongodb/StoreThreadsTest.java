package io.datapoints.connect.store.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.store.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attempts that block, and the stages that they complete. */
class StoreThreadsTest {

  private static final Outcome DURABLE = Outcome.Durable.DURABLE;

  private final StoreThreads threads = new StoreThreads("flows-3", 2);

  @AfterEach
  void close() {
    threads.close(() -> {});
  }

  @Test
  void asManyAttemptsBlockAtOnceAsThereAreThreadsAndTheseAreNamedAfterTheTask() {
    Set<String> names = ConcurrentHashMap.newKeySet();
    CyclicBarrier both = new CyclicBarrier(2);
    List<CompletionStage<Outcome>> stages = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      stages.add(
          threads.run(
              () -> {
                names.add(Thread.currentThread().getName());
                assertThat(Thread.currentThread().isDaemon()).isTrue();
                pass(() -> both.await(1, TimeUnit.MINUTES));
                return DURABLE;
              }));
    }
    assertThat(stages).extracting(StoreThreadsTest::await).containsOnly(DURABLE);
    assertThat(names).containsExactlyInAnyOrder("flows-3-mongodb-0", "flows-3-mongodb-1");
  }

  @Test
  void whateverAnAttemptThrowsTheStageCompletesWithAnOutcome() {
    Outcome exception =
        await(
            threads.run(
                () -> {
                  throw new IllegalStateException("unexpected");
                }));
    assertThat(((Outcome.Fatal) exception).reason()).isEqualTo("IllegalStateException: unexpected");
    Outcome error =
        await(
            threads.run(
                () -> {
                  throw new NoClassDefFoundError("compressor");
                }));
    assertThat(error).isInstanceOf(Outcome.Fatal.class);
  }

  @Test
  void closingInterruptsWhatBlocksAndAbandonsWhatWaits() {
    CountDownLatch blocked = new CountDownLatch(2);
    CountDownLatch never = new CountDownLatch(1);
    List<CompletionStage<Outcome>> stages = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      stages.add(
          threads.run(
              () -> {
                blocked.countDown();
                pass(() -> never.await(10, TimeUnit.MINUTES));
                return DURABLE;
              }));
    }
    pass(() -> blocked.await(1, TimeUnit.MINUTES));
    CompletionStage<Outcome> waiting = threads.run(() -> DURABLE);
    CompletableFuture<String> last = new CompletableFuture<>();

    threads.close(() -> last.complete(Thread.currentThread().getName()));

    assertThat(stages)
        .extracting(StoreThreadsTest::await)
        .hasOnlyElementsOfType(Outcome.Fatal.class);
    assertThat(await(waiting)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(await(threads.run(() -> DURABLE))).isInstanceOf(Outcome.Unavailable.class);
    assertThat(last.orTimeout(1, TimeUnit.MINUTES).join()).isEqualTo("flows-3-mongodb-close");
  }

  private static Outcome await(CompletionStage<Outcome> stage) {
    return stage.toCompletableFuture().orTimeout(1, TimeUnit.MINUTES).join();
  }

  private interface Blocking {
    void run() throws Exception;
  }

  private static void pass(Blocking wait) {
    try {
      wait.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
