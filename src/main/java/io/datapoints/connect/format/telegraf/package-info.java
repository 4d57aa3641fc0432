/** Telegraf's JSON as points. */
@NullMarked
package io.datapoints.connect.format.telegraf;

import org.jspecify.annotations.NullMarked;
