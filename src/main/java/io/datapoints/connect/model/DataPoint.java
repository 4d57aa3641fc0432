package io.datapoints.connect.model;

/**
 * One point of a KairosDB series.
 *
 * @param series name and tags
 * @param timestamp milliseconds since the epoch; negative values are legal
 * @param value the measured value
 * @param ttl time to live in seconds, 0 if the point has none of its own
 * @param origin the record that carried it
 */
public record DataPoint(Series series, long timestamp, Value value, int ttl, RecordOrigin origin)
    implements Sample {}
