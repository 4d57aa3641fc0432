package io.datapoints.connect.kit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Cassandra of three nodes, on 127.0.0.1 to 127.0.0.3. Each holds a third of the ring, or all of
 * it at replication 3. What is done to the cluster is done to all of its nodes.
 */
public final class CassandraCluster implements Cassandra {

  private static final int NODES = 3;

  /** A busy machine may take a node for dead for a while. */
  private static final Duration AGREEMENT_BOUND = Duration.ofMinutes(2);

  private final List<CassandraNode> nodes;

  /** A cluster with everything it has below the directory. */
  CassandraCluster(Path directory, MavenClasspath maven, FreePorts ports) {
    this.nodes =
        RingPlace.ring(NODES, ports).stream()
            .map(
                place ->
                    new CassandraNode(
                        directory.resolve(
                            directory.getFileName() + "-" + place.host().replace('.', '-')),
                        maven,
                        CassandraNode.Profile.TEST.heap("384m"),
                        place,
                        Map.of()))
            .toList();
  }

  /** One of the nodes, of which the first is the seed of the others. */
  public CassandraNode node(int index) {
    return nodes.get(index);
  }

  /** From now on all nodes trace this part of their clients' requests. */
  public void trace(double part) throws IOException {
    for (CassandraNode node : nodes) {
      node.trace(part);
    }
  }

  /** Returns once every node takes every other one for alive. */
  public void awaitAgreement() {
    Await.until(
        "all nodes to see each other",
        AGREEMENT_BOUND,
        () -> {
          for (CassandraNode node : nodes) {
            if (node.liveNodes() < NODES) {
              return false;
            }
          }
          return true;
        });
  }

  /** Brings back what was killed or frozen, and returns once all nodes see each other. */
  public void heal() {
    nodes.stream().filter(node -> node.process().isAlive()).forEach(CassandraNode::resume);
    startAll(nodes.stream().filter(node -> !node.process().isAlive()));
    awaitAgreement();
  }

  @Override
  public InetSocketAddress address() {
    return node(0).address();
  }

  /** Those of all nodes, separated by commas. */
  @Override
  public String contactPoint() {
    return nodes.stream().map(Cassandra::contactPoint).collect(Collectors.joining(","));
  }

  @Override
  public String localDatacenter() {
    return node(0).localDatacenter();
  }

  @Override
  public CqlSessionBuilder sessionBuilder() {
    return CqlSession.builder()
        .addContactPoints(nodes.stream().map(CassandraNode::address).toList());
  }

  /** The others need the seed, but not each other. */
  @Override
  public void start() {
    node(0).start();
    startAll(nodes.stream().skip(1));
    awaitAgreement();
  }

  private static void startAll(Stream<CassandraNode> several) {
    CompletableFuture.allOf(
            several
                .map(node -> CompletableFuture.runAsync(node::start))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  @Override
  public void kill() {
    nodes.forEach(CassandraNode::kill);
  }

  @Override
  public void terminate() {
    nodes.forEach(CassandraNode::terminate);
  }

  @Override
  public void restart() {
    terminate();
    start();
  }

  @Override
  public void suspend() {
    nodes.forEach(CassandraNode::suspend);
  }

  @Override
  public void resume() {
    nodes.forEach(CassandraNode::resume);
  }

  @Override
  public void close() {
    nodes.forEach(CassandraNode::close);
  }

  /** Those of its nodes. */
  public List<InetAddress> addresses() {
    return nodes.stream().map(node -> node.address().getAddress()).toList();
  }

  /** The directories of its nodes. */
  Stream<Path> directories() {
    return nodes.stream().map(CassandraNode::directory);
  }
}
