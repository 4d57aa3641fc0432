package io.datapoints.connect.kit;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.net.InetSocketAddress;

/** A MongoDB deployment, and how a test reaches it. */
public interface Mongo extends Restartable {

  /** The connection string; it may hold a password. */
  String uri();

  /** Where its first member listens. */
  InetSocketAddress address();

  /**
   * The connection string that leads through a proxy in front of {@link #address()}.
   *
   * @throws UnsupportedOperationException if the deployment has members that a proxy would not see
   */
  String uriThrough(TcpProxy proxy);

  /** Whether it only speaks MongoDB's protocol, keeps its data in memory, and loses them. */
  boolean emulated();

  /** A client that the caller closes. */
  default MongoClient client() {
    return MongoClients.create(uri());
  }

  /** The connection string of a lone member, whatever it calls itself. */
  static String direct(String hostAndPort) {
    return "mongodb://" + hostAndPort + "/?directConnection=true";
  }
}
