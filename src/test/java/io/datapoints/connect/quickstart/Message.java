package io.datapoints.connect.quickstart;

import org.apache.kafka.clients.producer.ProducerRecord;

/** What a producer sends: one record. Those of one subject share a key, and so a partition. */
@FunctionalInterface
interface Message {

  /**
   * As it goes to Kafka.
   *
   * @param topic the connector's first; a message that belongs to another one goes there
   */
  ProducerRecord<byte[], byte[]> record(String topic);
}
