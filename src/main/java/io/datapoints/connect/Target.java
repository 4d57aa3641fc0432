package io.datapoints.connect;

import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.store.Store;
import java.util.function.Supplier;

/**
 * Where a task writes, and how it gets there.
 *
 * @param config the settings that do not depend on the store
 * @param store makes the store, which is not open yet
 */
record Target(PipelineConfig config, Supplier<Store> store) {}
