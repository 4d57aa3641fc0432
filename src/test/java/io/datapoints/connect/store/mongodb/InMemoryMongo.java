package io.datapoints.connect.store.mongodb;

import de.bwaldvogel.mongo.MongoServer;

/** A MongoDB in this process that speaks the protocol over memory, on a port of its own. */
public final class InMemoryMongo implements AutoCloseable {

  private final ScriptedBackend backend = new ScriptedBackend();
  private final MongoServer server = new MongoServer(backend);
  private final int port = server.bind().getPort();

  public String uri() {
    return "mongodb://127.0.0.1:" + port + "/?directConnection=true";
  }

  public ScriptedBackend backend() {
    return backend;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
