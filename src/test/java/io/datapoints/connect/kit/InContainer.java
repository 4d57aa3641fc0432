package io.datapoints.connect.kit;

import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;

/**
 * A server in a Docker container. It can be frozen, but not killed and brought back: Docker would
 * give it another port, and its clients would look for it at the old one.
 */
abstract class InContainer<C extends GenericContainer<C>> implements Restartable {

  private @Nullable C container;

  /** A container that is yet to be started. */
  abstract C create();

  final C container() {
    if (container == null) {
      throw new IllegalStateException("not started");
    }
    return container;
  }

  @Override
  public final void start() {
    C created = create();
    container = created;
    created.start();
  }

  @Override
  public final void suspend() {
    container().getDockerClient().pauseContainerCmd(container().getContainerId()).exec();
  }

  @Override
  public final void resume() {
    container().getDockerClient().unpauseContainerCmd(container().getContainerId()).exec();
  }

  @Override
  public final void kill() {
    throw unsupported();
  }

  @Override
  public final void terminate() {
    throw unsupported();
  }

  @Override
  public final void restart() {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException(
        "a container would come back on another port; run the servers as processes for this");
  }

  @Override
  public void close() {
    if (container != null) {
      container.stop();
    }
  }
}
