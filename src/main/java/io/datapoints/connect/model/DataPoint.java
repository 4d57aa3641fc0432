package io.datapoints.connect.model;

/**
 * One point of a KairosDB series.
 *
 * @param series name and tags
 * @param timestamp milliseconds since the epoch; negative values are legal
 * @param value the measured value
 * @param ttl seconds this point asks to live, 0 for no wish of its own
 * @param origin the record that carried it
 */
public record DataPoint(Series series, long timestamp, Value value, int ttl, RecordOrigin origin)
    implements Sample {}
