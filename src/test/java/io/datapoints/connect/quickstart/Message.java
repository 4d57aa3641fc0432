package io.datapoints.connect.quickstart;

/** What a producer sends: one record with one measurement. */
interface Message {

  /** What the record is about: records of one subject share a key, and so a partition. */
  byte[] key();

  /** The value of the record. */
  byte[] json();
}
