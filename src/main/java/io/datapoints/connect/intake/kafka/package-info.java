/** The log of the door: a producer, its life, and a look at its topic every few seconds. */
@NullMarked
package io.datapoints.connect.intake.kafka;

import org.jspecify.annotations.NullMarked;
