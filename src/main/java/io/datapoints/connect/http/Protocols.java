package io.datapoints.connect.http;

import io.datapoints.connect.config.door.AnswerConfig;
import io.datapoints.connect.http.protocol.InfluxProtocol;
import io.datapoints.connect.http.protocol.KairosProtocol;
import io.datapoints.connect.http.protocol.Protocol;

/** Which protocol a request is in. Thread safe. */
final class Protocols {

  private final Protocol kairos;
  private final Protocol kairosGzip;
  private final Protocol influx = new InfluxProtocol(false);
  private final Protocol influxSecond = new InfluxProtocol(true);

  Protocols(AnswerConfig config) {
    this.kairos = new KairosProtocol(config.exact(), false);
    this.kairosGzip = new KairosProtocol(config.exact(), true);
  }

  /** That of a path; KairosDB's for all that no other one has. */
  Protocol of(Endpoint endpoint) {
    return switch (endpoint) {
      case DATAPOINTS_GZIP -> kairosGzip;
      case LINES, INFLUX_PING, INFLUX_QUERY -> influx;
      case LINES_SECOND -> influxSecond;
      default -> kairos;
    };
  }

  /** That of what has no path. */
  Protocol kairos() {
    return kairos;
  }
}
