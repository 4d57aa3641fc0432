/**
 * The door as HTTP has it: paths, bodies as they come, and answers in the words of each kind of
 * sender. Hands bodies to the intake; knows neither Kafka nor what is in a body.
 */
@NullMarked
package io.datapoints.connect.http;

import org.jspecify.annotations.NullMarked;
