/**
 * The protocol of the door: KairosDB's paths, status codes, headers and words over HTTP. Takes
 * bodies in, and hands them to the intake; knows neither Kafka nor what is in a body.
 */
@NullMarked
package io.datapoints.connect.http;

import org.jspecify.annotations.NullMarked;
