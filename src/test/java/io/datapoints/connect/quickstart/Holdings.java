package io.datapoints.connect.quickstart;

import java.io.IOException;
import java.util.List;

/** What a store holds of one exhibit, asked without the connector. */
interface Holdings {

  /** How many points or flows there are. */
  long count();

  /**
   * The answer to a query that readers would ask, as lines of text.
   *
   * @param now where the hour ended, in milliseconds since the epoch
   */
  List<String> answer(long now) throws IOException;
}
