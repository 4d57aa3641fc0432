package io.datapoints.connect.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import io.datapoints.connect.kairosdb.Mutations;
import io.datapoints.connect.kairosdb.RandomMetrics;
import io.datapoints.connect.kairosdb.RandomObjects;
import io.datapoints.connect.mapping.parser.MappingParser;
import io.datapoints.connect.mapping.parser.MappingSyntaxException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a record of the table layout holds, each target gets its cells or a reason: nothing is
 * thrown, nothing hangs, no reason quotes a value, and what is allocated is bounded by its size.
 * Whatever a mapping is written like, it is read or a column is named.
 *
 * <p>{@code -Dfuzz.records=1000000} makes it long, {@code -Dfuzz.seed=5} repeats one run.
 */
class TableFuzzTest {

  private static final int RECORDS = Integer.getInteger("fuzz.records", 3_000);

  /** A bound against hanging and nothing else. */
  private static final Duration BOUND = Duration.ofSeconds(120 + RECORDS / 20);

  private static final String CANARY = "c4n4ry";

  /** Bytes for a byte of a record: the three bytes of {@code 1,} and a list around it and more. */
  private static final int ALLOCATED_A_BYTE = 100;

  /** Bytes for any record: parser, tables of names, reasons. */
  private static final int ALLOCATED_A_RECORD = 1_000_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final String[] MAPPINGS = {
    "a=value.name, b=value.tags.h, c=value.datapoints[0][1], d=bucket(value.timestamp, 'week')",
    "a=lower(value.name), b=hash(value.value, 16), c=json(value.tags), d=date(value.ttl)",
    "a=key, b=json(value), * = value except (name)",
    "a=header.h, b=value[0].name, c=coalesce(value.a, value.b, null)",
  };

  /** Fixed ones, and one that no run had before. */
  static LongStream seeds() {
    Long given = Long.getLong("fuzz.seed");
    return given != null
        ? LongStream.of(given)
        : LongStream.of(1, 2, System.nanoTime() & Integer.MAX_VALUE);
  }

  private interface Source {
    Object record(Random random);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void damagedJsonEndsInCellsAndReasons(long seed) {
    run(
        seed,
        random -> {
          RandomMetrics metrics = new RandomMetrics(random.nextLong());
          String json = metrics.record().replace("\"text\"", '"' + CANARY + '"');
          byte[] damaged = new Mutations(random).of(json, metrics.record());
          return random.nextBoolean() ? damaged : new String(damaged, UTF_8);
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void objectsOfAnyKindEndInCellsAndReasons(long seed) {
    run(seed, random -> new RandomObjects(random).record());
  }

  private static void run(long seed, Source source) {
    System.out.printf("tables: fuzz.seed=%d fuzz.records=%d%n", seed, RECORDS);
    assertTimeoutPreemptively(
        BOUND,
        () -> {
          TableReading reading = TableReading.of(MAPPINGS);
          Random random = new Random(seed);
          for (int i = 0; i < RECORDS; i++) {
            Object record = source.record(random);
            reading.value(record); // Loads the classes that it needs, which allocates as well.
            long before = THREADS.getCurrentThreadAllocatedBytes();
            reading.value(record);
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            int outcomes = reading.cells.size() + reading.reasons.size();
            assertThat(outcomes)
                .as("fuzz.seed=%d record %d", seed, i)
                .isBetween(mayBeEmpty(record) ? 0 : 1, 2 * MAPPINGS.length * records(record));
            assertThat(reading.reasons).noneMatch(reason -> reason.contains(CANARY));
            if (record instanceof byte[] bytes) {
              assertThat(allocated)
                  .as("fuzz.seed=%d record %d", seed, i)
                  .isLessThan(ALLOCATED_A_RECORD + (long) ALLOCATED_A_BYTE * bytes.length);
            }
          }
        });
  }

  /** Whether a value may be an array without a record in it. */
  private static boolean mayBeEmpty(Object record) {
    return record instanceof List || text(record).contains("[");
  }

  /** How many records a value may have at most. */
  private static int records(Object record) {
    if (record instanceof byte[] bytes && bytes.length > 1 && bytes[0] == 0x1F) {
      return 1 << 20; // Compressed.
    }
    return record instanceof List<?> list ? list.size() + 1 : text(record).length() / 2 + 1;
  }

  private static String text(Object record) {
    return record instanceof byte[] bytes
        ? new String(bytes, UTF_8)
        : record instanceof String text ? text : "";
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void damagedMappingsAreReadOrAColumnIsNamed(long seed) {
    assertTimeoutPreemptively(
        BOUND,
        () -> {
          Random random = new Random(seed);
          Mutations mutations = new Mutations(random);
          int read = 0;
          for (int i = 0; i < RECORDS; i++) {
            String mapping = MAPPINGS[random.nextInt(MAPPINGS.length)];
            String damaged = new String(mutations.of(mapping, MAPPINGS[0]), UTF_8);
            try {
              assertThat(MappingParser.parse(damaged)).isNotNull();
              read++;
            } catch (MappingSyntaxException e) {
              assertThat(e.column()).isBetween(1, damaged.length() + 1);
            }
          }
          assertThat(read).isBetween(1, RECORDS - 1);
        });
  }
}
