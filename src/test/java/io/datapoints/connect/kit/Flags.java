package io.datapoints.connect.kit;

import java.util.List;

/** Flags of the virtual machine that several servers share. */
final class Flags {

  /** No second compiler, which would not earn back in a test what it costs. */
  static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

  /** Quick to start and small: no parallel collector, no second compiler. */
  static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", ONE_COMPILER, "-Djava.net.preferIPv4Stack=true");

  private Flags() {}

  /** Makes the platform's own MBeans reachable on a loopback port, for this machine's tests. */
  static List<String> jmx(int port) {
    return List.of(
        "-Dcom.sun.management.jmxremote.port=" + port,
        "-Dcom.sun.management.jmxremote.rmi.port=" + port,
        "-Dcom.sun.management.jmxremote.host=127.0.0.1",
        "-Dcom.sun.management.jmxremote.authenticate=false",
        "-Dcom.sun.management.jmxremote.ssl=false",
        "-Djava.rmi.server.hostname=127.0.0.1");
  }
}
