package io.datapoints.connect.store.mongodb.bulk;

import com.mongodb.client.MongoClient;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.mongodb.collection.RequiredCollection;
import java.util.List;

/** Makes the collections of a layout ready, and the layout with them. */
public interface LayoutFactory {

  /**
   * Checks or creates what is written to; may be called again, after a failure or for more topics.
   * Blocks.
   *
   * @throws StoreException for what only an operator can put right
   */
  OpenLayout<?, ?> open(MongoClient client);

  /** The collections that are known by name, for a validation that only looks at them. */
  List<RequiredCollection> required(MongoClient client);

  /**
   * As {@link io.datapoints.connect.store.Store#covers}; on the task thread. A topic that is not
   * covered is noted for the next {@link #open}.
   */
  default boolean covers(String topic) {
    return true;
  }
}
