/** The means to define and check settings, and the groups of settings that both stores have. */
@NullMarked
package io.datapoints.connect.config.setting;

import org.jspecify.annotations.NullMarked;
