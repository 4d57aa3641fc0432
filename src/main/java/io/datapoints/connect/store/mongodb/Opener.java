package io.datapoints.connect.store.mongodb;

import com.mongodb.client.MongoClient;

/** Makes collections ready. */
interface Opener {

  /**
   * Checks or creates what is written to; may be called again, after a failure or for more topics.
   * Blocks.
   *
   * @throws MongoFailure for what only an operator can put right
   */
  Destination open(MongoClient client);

  /**
   * As {@link io.datapoints.connect.store.Store#covers}; on the task thread. A topic that is not
   * covered is noted for the next {@link #open}.
   */
  default boolean covers(String topic) {
    return true;
  }
}
