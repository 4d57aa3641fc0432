/**
 * KairosDB's formats: row time, row keys, columns, values, index keys and the arithmetic of TTLs.
 * Pure functions; knows neither a driver nor Kafka.
 */
@NullMarked
package io.datapoints.connect.kairosdb.format;

import org.jspecify.annotations.NullMarked;
