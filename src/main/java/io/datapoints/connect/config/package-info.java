/**
 * Settings: one typed, immutable record for each group, with its keys, documentation, defaults and
 * validators. The ConfigDef of a connector consists of these groups.
 */
@NullMarked
package io.datapoints.connect.config;

import org.jspecify.annotations.NullMarked;
