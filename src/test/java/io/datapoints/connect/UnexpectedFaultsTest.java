package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class UnexpectedFaultsTest {

  private final List<Throwable> logged = new ArrayList<>();
  private final UnexpectedFaults faults = new UnexpectedFaults(logger());

  @Test
  void aClassOfExceptionIsLoggedOnceHoweverManyRecordsMeetIt() {
    for (int record = 0; record < 1_000; record++) {
      faults.met(new NumberFormatException("For input string: secret" + record));
      faults.met(new NoSuchElementException("secret" + record));
    }
    assertThat(logged)
        .extracting(Throwable::getMessage)
        .containsExactly(
            "unexpected java.lang.NumberFormatException",
            "unexpected java.util.NoSuchElementException");
  }

  @Test
  void itIsLoggedWithItsPlaceAndNothingThatCouldQuoteTheRecord() {
    RuntimeException fault =
        new IllegalStateException("secret", new IllegalArgumentException("secret too"));
    faults.met(fault);
    assertThat(logged)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line).hasNoCause().hasMessageNotContaining("secret");
              assertThat(line.getStackTrace()).isEqualTo(fault.getStackTrace());
            });
  }

  @Test
  void thereIsABoundOnTheClassesThatAreLogged() {
    List<RuntimeException> many =
        List.of(
            new NumberFormatException(),
            new NoSuchElementException(),
            new IllegalStateException(),
            new IllegalArgumentException(),
            new ArithmeticException(),
            new ArrayStoreException(),
            new ClassCastException(),
            new NegativeArraySizeException(),
            new IndexOutOfBoundsException(),
            new NullPointerException(),
            new UnsupportedOperationException());
    many.forEach(faults::met);
    assertThat(many).hasSizeGreaterThan(UnexpectedFaults.MAX_LOGGED);
    assertThat(logged).hasSize(UnexpectedFaults.MAX_LOGGED);
  }

  private Logger logger() {
    return (Logger)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Logger.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("error");
              logged.add((Throwable) arguments[1]);
              return null;
            });
  }
}
