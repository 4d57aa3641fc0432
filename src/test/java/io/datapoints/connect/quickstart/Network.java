package io.datapoints.connect.quickstart;

import io.datapoints.connect.quickstart.CollectedFlow.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The flows of a small office, made up: {@link #CLIENTS} machines that talk to the servers of a few
 * services. A few pairs have most of the traffic and most pairs little, as in real networks. No two
 * flows share an instant. The same seed and times give the same flows.
 */
final class Network implements Source {

  /** Machines of the office. */
  static final int CLIENTS = 40;

  private static final Duration SPAN = Duration.ofHours(1);
  private static final int FIRST_EPHEMERAL_PORT = 49_152;
  private static final int LIVE_FLOWS = 20;

  /**
   * What a client talks to.
   *
   * @param port 0 for a protocol without ports
   * @param bytes of a typical flow
   */
  private record Service(String address, String protocol, int port, int bytes) {}

  private static final List<Service> SERVICES =
      List.of(
          new Service("192.0.2.10", "tcp", 443, 60_000),
          new Service("192.0.2.53", "udp", 53, 220),
          new Service("198.51.100.7", "tcp", 443, 250_000),
          new Service("198.51.100.22", "tcp", 22, 9_000),
          new Service("203.0.113.5", "tcp", 5432, 30_000),
          new Service("203.0.113.80", "tcp", 80, 14_000),
          new Service("203.0.113.123", "udp", 123, 90),
          new Service("192.0.2.1", "icmp", 0, 84),
          new Service("2001:db8::443", "tcp", 443, 120_000));

  private record Talk(Pair pair, Service service) {}

  private final Random random;
  private final List<Talk> talks;
  private final double[] shares;
  private final long start;
  private final double step;
  private final int flows;
  private long last;

  /**
   * @param end milliseconds since the epoch, to which the hour leads up
   * @param flows how many, at most one for each millisecond of the hour
   */
  Network(long seed, long end, int flows) {
    if (flows > SPAN.toMillis()) {
      throw new IllegalArgumentException("an hour has no more than " + SPAN.toMillis() + " flows");
    }
    this.random = new Random(seed);
    this.talks = talks(random);
    this.shares = shares(talks.size());
    this.flows = flows;
    this.step = (double) SPAN.toMillis() / flows;
    this.start = end - SPAN.toMillis();
    this.last = end;
  }

  private static List<Talk> talks(Random random) {
    List<Talk> talks = new ArrayList<>();
    for (int client = 1; client <= CLIENTS; client++) {
      for (Service service : SERVICES) {
        String source =
            service.address().contains(":")
                ? "2001:db8:1::" + Integer.toHexString(client)
                : "10.0.0." + client;
        talks.add(new Talk(new Pair(source, service.address(), service.protocol()), service));
      }
    }
    Talk popular = talks.get(0);
    Collections.shuffle(talks, random);
    Collections.swap(talks, 0, talks.indexOf(popular));
    return talks;
  }

  /** Summed shares of the traffic, the talk of rank n having one of 1/n. */
  private static double[] shares(int talks) {
    double[] sums = new double[talks];
    double sum = 0;
    for (int i = 0; i < talks; i++) {
      sum += 1.0 / (i + 1);
      sums[i] = sum;
    }
    return sums;
  }

  /** The pair that talks most. */
  Pair busiest() {
    return talks.get(0).pair();
  }

  @Override
  public String unit() {
    return "flows";
  }

  @Override
  public String present() {
    return "Made-up flows keep coming, " + LIVE_FLOWS + " a second.";
  }

  @Override
  public BadRecords bad() {
    return BadRecords.FLOWS;
  }

  @Override
  public int size() {
    return flows;
  }

  @Override
  public void history(Consumer<Message> consumer) {
    for (int i = 0; i < flows; i++) {
      double load = 1 + 0.7 * Math.sin(4 * Math.PI * i / flows);
      consumer.accept(flow(start + (long) (i * step), load));
    }
  }

  @Override
  public List<CollectedFlow> live(long now) {
    last = Math.max(last, now - LIVE_FLOWS);
    List<CollectedFlow> present = new ArrayList<>();
    for (int i = 0; i < LIVE_FLOWS; i++) {
      last++;
      present.add(flow(last, 1));
    }
    return present;
  }

  private CollectedFlow flow(long timestamp, double load) {
    Talk talk = talks.get(rank());
    Service service = talk.service();
    boolean ports = service.port() != 0;
    int source = ports ? FIRST_EPHEMERAL_PORT + random.nextInt(65_536 - FIRST_EPHEMERAL_PORT) : 0;
    double spread = Math.exp(0.8 * random.nextGaussian());
    long bytes = 40 + Math.round(service.bytes() * load * spread);
    return new CollectedFlow(talk.pair(), source, service.port(), timestamp, bytes);
  }

  private int rank() {
    double wanted = random.nextDouble() * shares[shares.length - 1];
    int found = Arrays.binarySearch(shares, wanted);
    return Math.min(shares.length - 1, found < 0 ? -found - 1 : found + 1);
  }
}
