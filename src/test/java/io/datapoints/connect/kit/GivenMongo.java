package io.datapoints.connect.kit;

import com.mongodb.ConnectionString;
import com.mongodb.ServerAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A MongoDB that somebody else runs. Tests use it and leave it as it is. */
final class GivenMongo implements Mongo {

  private final String uri;
  private final ConnectionString parsed;

  /**
   * @param uri its connection string, without write concern and timeouts
   */
  GivenMongo(String uri) {
    this.uri = uri;
    this.parsed = new ConnectionString(uri);
  }

  @Override
  public String uri() {
    return uri;
  }

  @Override
  public InetSocketAddress address() {
    ServerAddress first = new ServerAddress(parsed.getHosts().get(0));
    return new InetSocketAddress(first.getHost(), first.getPort());
  }

  @Override
  public String uriThrough(TcpProxy proxy) {
    List<String> hosts = parsed.getHosts();
    if (hosts.size() != 1 || parsed.isSrvProtocol()) {
      throw new UnsupportedOperationException("a proxy stands in front of one member only");
    }
    String behind = uri.replaceFirst("\\Q" + hosts.get(0) + "\\E", proxy.contactPoint());
    if (behind.contains("directConnection=true")) {
      return behind;
    }
    String path = behind.substring("mongodb://".length()).contains("/") ? "" : "/";
    return behind + path + (behind.contains("?") ? "&" : "?") + "directConnection=true";
  }

  @Override
  public boolean emulated() {
    return false;
  }

  @Override
  public void start() {
    // It runs already.
  }

  @Override
  public void kill() {
    throw unsupported();
  }

  @Override
  public void terminate() {
    throw unsupported();
  }

  @Override
  public void restart() {
    throw unsupported();
  }

  @Override
  public void suspend() {
    throw unsupported();
  }

  @Override
  public void resume() {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("the MongoDB that the environment names is not ours");
  }

  @Override
  public void close() {
    // It goes on.
  }
}
