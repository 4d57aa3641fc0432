package io.datapoints.connect.store.mongodb.bulk;

import com.mongodb.client.MongoClient;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.mongodb.collection.CollectionDemand;
import java.util.List;

/** Makes collections ready. */
public interface Opener {

  /**
   * Checks or creates what is written to; may be called again, after a failure or for more topics.
   * Blocks.
   *
   * @throws StoreException for what only an operator can put right
   */
  Destination open(MongoClient client);

  /** What is asked of the collections that are known by name, for whoever only looks at them. */
  List<CollectionDemand> demands(MongoClient client);

  /**
   * As {@link io.datapoints.connect.store.Store#covers}; on the task thread. A topic that is not
   * covered is noted for the next {@link #open}.
   */
  default boolean covers(String topic) {
    return true;
  }
}
