package io.datapoints.connect.http;

import io.datapoints.connect.config.door.AnswerConfig;
import io.datapoints.connect.http.protocol.InfluxProtocol;
import io.datapoints.connect.http.protocol.KairosProtocol;
import io.datapoints.connect.http.protocol.OpenTsdbProtocol;
import io.datapoints.connect.http.protocol.OtlpProtocol;
import io.datapoints.connect.http.protocol.Protocol;
import io.datapoints.connect.http.protocol.RemoteWriteProtocol;
import org.eclipse.jetty.server.Request;

/** Which protocol a request is in. Thread safe. */
final class Protocols {

  private final Protocol kairos;
  private final Protocol kairosGzip;
  private final Protocol influx = new InfluxProtocol(false);
  private final Protocol influxSecond = new InfluxProtocol(true);

  private final Protocol remoteWrite = new RemoteWriteProtocol();

  Protocols(AnswerConfig config) {
    this.kairos = new KairosProtocol(config.exact(), false);
    this.kairosGzip = new KairosProtocol(config.exact(), true);
  }

  /** That of a request; KairosDB's for all paths that no other one has. */
  Protocol of(Endpoint endpoint, Request request) {
    return switch (endpoint) {
      case DATAPOINTS_GZIP -> kairosGzip;
      case LINES, INFLUX_PING, INFLUX_QUERY -> influx;
      case LINES_SECOND -> influxSecond;
      case OTLP -> OtlpProtocol.of(request);
      case REMOTE_WRITE -> remoteWrite;
      case PUT -> OpenTsdbProtocol.of(request);
      default -> kairos;
    };
  }

  /** That of what has no path. */
  Protocol kairos() {
    return kairos;
  }
}
