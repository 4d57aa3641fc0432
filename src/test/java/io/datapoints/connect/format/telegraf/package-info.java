/** Telegraf's JSON, as a task reads it. */
@NullMarked
package io.datapoints.connect.format.telegraf;

import org.jspecify.annotations.NullMarked;
