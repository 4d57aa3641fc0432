/** The documentation as its readers have it: every link leads somewhere, every example works. */
@NullMarked
package io.datapoints.connect.docs;

import org.jspecify.annotations.NullMarked;
