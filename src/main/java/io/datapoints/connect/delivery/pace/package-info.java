/** How many writes may be under way, how large, and how long to wait before the next attempt. */
@NullMarked
package io.datapoints.connect.delivery.pace;

import org.jspecify.annotations.NullMarked;
