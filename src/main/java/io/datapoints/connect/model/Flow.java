package io.datapoints.connect.model;

/**
 * One measurement of network traffic.
 *
 * @param conversation the addresses and the protocol
 * @param sourcePort 0 to 65535
 * @param destPort 0 to 65535
 * @param timestamp milliseconds since the epoch; negative values are legal
 * @param value finite
 * @param origin the record that carried it
 */
public record Flow(
    Conversation conversation,
    int sourcePort,
    int destPort,
    long timestamp,
    double value,
    RecordOrigin origin)
    implements Sample {}
