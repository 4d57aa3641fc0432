package io.datapoints.connect.store.cassandra.schema;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.StoreException;
import java.util.concurrent.CompletionStage;

/** Whether all nodes have the same schema, so that what one of them lacks is missing. */
public final class SchemaAgreement {

  private SchemaAgreement() {}

  /** Completes when they do; fails with an {@link StoreException} when they do not in time. */
  public static CompletionStage<Void> of(CqlSession session) {
    return session
        .checkSchemaAgreementAsync()
        .thenAccept(
            agreed -> {
              if (!agreed) {
                throw StoreException.retry(
                    Cause.SCHEMA, "waiting for the nodes to agree on the schema");
              }
            });
  }
}
