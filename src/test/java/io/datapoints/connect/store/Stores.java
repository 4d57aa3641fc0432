package io.datapoints.connect.store;

import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.kit.TcpProxy;
import java.util.Map;

/** Stores on one server, as a connector with its defaults makes them. */
interface Stores {

  /** One that is not open yet, and reaches its server through the proxy. */
  Store store(TcpProxy proxy, Map<String, String> settings);

  /** What goes where in the table layout. */
  MappingConfig mapping(Map<String, String> settings);

  /** Rows of one batch at most. */
  int largestBatch();
}
