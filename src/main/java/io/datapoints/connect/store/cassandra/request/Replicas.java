package io.datapoints.connect.store.cassandra.request;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions of a keyspace have the same replicas in the local data centre. Whichever of them
 * the driver chooses for a request of such partitions, tries next, or asks as well, holds them all.
 * Used on any thread.
 */
public final class Replicas {

  /** Partitions with the same replicas, as long as the cluster does not change. */
  public static final class Group {}

  /** As long as the cluster does not change, there are fewer sets than this by far. */
  private static final int MOST_SETS = 10_000;

  private final CqlSession session;
  private final String localDatacenter;
  private final CqlIdentifier keyspace;

  /** By the replicas in all data centres. */
  private final Map<Set<Node>, Group> groups = new ConcurrentHashMap<>();

  private final Map<Set<Node>, Group> byLocalReplicas = new ConcurrentHashMap<>();

  /**
   * @param keyspace as the database shows it, without quotes
   */
  public Replicas(CqlSession session, String localDatacenter, String keyspace) {
    this.session = session;
    this.localDatacenter = localDatacenter;
    this.keyspace = CqlIdentifier.fromInternal(keyspace);
  }

  /**
   * The group of a partition; null where the driver does not know the replicas, be it that it does
   * not know the partitioner.
   *
   * @param columns the columns of the partition key, encoded; they are not consumed
   */
  public @Nullable Group group(ByteBuffer... columns) {
    Optional<TokenMap> tokens = session.getMetadata().getTokenMap();
    if (tokens.isEmpty()) {
      return null;
    }
    Set<Node> replicas = tokens.get().getReplicas(keyspace, tokens.get().newToken(columns));
    if (replicas.isEmpty()) {
      return null;
    }
    Group known = groups.get(replicas);
    return known != null ? known : add(replicas);
  }

  private @Nullable Group add(Set<Node> replicas) {
    Set<Node> local =
        replicas.stream()
            .filter(node -> localDatacenter.equals(node.getDatacenter()))
            .collect(Collectors.toUnmodifiableSet());
    if (local.isEmpty()) {
      return null;
    }
    if (groups.size() >= MOST_SETS) {
      groups.clear();
      byLocalReplicas.clear();
    }
    Group group = byLocalReplicas.computeIfAbsent(local, unseen -> new Group());
    groups.put(replicas, group);
    return group;
  }
}
