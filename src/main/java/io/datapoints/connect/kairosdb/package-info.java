/**
 * Everything that is KairosDB's: its JSON rules, row time, row key, column and value formats and
 * TTL arithmetic. Pure functions; knows neither a driver nor Kafka.
 */
@NullMarked
package io.datapoints.connect.kairosdb;

import org.jspecify.annotations.NullMarked;
