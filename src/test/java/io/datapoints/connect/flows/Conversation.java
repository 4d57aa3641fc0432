package io.datapoints.connect.flows;

/**
 * Who talked to whom over what.
 *
 * @param protocol as a table or collection has it
 */
public record Conversation(String sourceIp, String destIp, String protocol) {}
