/** What Connect and those who run it see of the built archive, on real workers. */
@NullMarked
package io.datapoints.connect.face;

import org.jspecify.annotations.NullMarked;
