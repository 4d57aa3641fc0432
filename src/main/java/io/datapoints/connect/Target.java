package io.datapoints.connect;

import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.store.Store;
import java.util.function.Supplier;

/**
 * The settings and the store of a task.
 *
 * @param config the settings that do not depend on the store
 * @param store creates the store without opening it
 */
record Target(PipelineConfig config, Supplier<Store> store) {}
