/** Rules that turn what was decoded into accepted samples, or into reasons for a rejection. */
@NullMarked
package io.datapoints.connect.validate;

import org.jspecify.annotations.NullMarked;
