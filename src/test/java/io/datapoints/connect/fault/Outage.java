package io.datapoints.connect.fault;

/** A way to take a store from its clients and to give it back. */
interface Outage {

  void begin();

  void end();
}
