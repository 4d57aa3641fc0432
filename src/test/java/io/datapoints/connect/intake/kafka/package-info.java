/** The log of the door, over clients of the test's own and over a broker. */
@NullMarked
package io.datapoints.connect.intake.kafka;

import org.jspecify.annotations.NullMarked;
