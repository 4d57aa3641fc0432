package io.datapoints.connect.flows;

import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;

/** Takes the objects of a record one after the other. */
@FunctionalInterface
public interface RawFieldsHandler {

  /**
   * Makes samples and reasons of one object.
   *
   * @param fields valid during the call only
   */
  void handle(RawFields fields, RecordOrigin origin, SampleSink sink);
}
