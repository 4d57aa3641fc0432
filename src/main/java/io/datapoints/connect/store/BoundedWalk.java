package io.datapoints.connect.store;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the objects of a tree take, at a bounded cost: so many are looked at, and the others
 * count as much as those do on average. There is no recursion, so that no depth is too much.
 */
public final class BoundedWalk {

  /** Says what objects take, one at a time. */
  @FunctionalInterface
  public interface Sizes {

    /**
     * What one object takes, without what it refers to.
     *
     * @param children takes what it refers to
     */
    long of(Object node, Consumer<@Nullable Object> children);
  }

  private static final int MOST_LOOKED_AT = 200;

  private final Queue<Object> open = new ArrayDeque<>();
  private long lookedAt;
  private long skipped;

  private BoundedWalk() {}

  /** The bytes of an object with all that is in it. */
  public static long of(Object root, Sizes sizes) {
    return new BoundedWalk().sum(root, sizes);
  }

  private long sum(Object root, Sizes sizes) {
    Consumer<@Nullable Object> children = this::meet;
    open.add(root);
    long bytes = 0;
    for (Object node = open.poll(); node != null; node = open.poll()) {
      lookedAt++;
      bytes += sizes.of(node, children);
    }
    return bytes + skipped * (bytes / lookedAt);
  }

  private void meet(@Nullable Object node) {
    if (node == null) {
      return;
    }
    if (lookedAt + open.size() < MOST_LOOKED_AT) {
      open.add(node);
    } else {
      skipped++;
    }
  }
}
