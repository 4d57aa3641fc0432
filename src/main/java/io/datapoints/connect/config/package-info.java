/**
 * Settings: one typed, immutable record for each group, with its keys, documentation, defaults and
 * validators. The connector's ConfigDef is their sum.
 */
@NullMarked
package io.datapoints.connect.config;

import org.jspecify.annotations.NullMarked;
