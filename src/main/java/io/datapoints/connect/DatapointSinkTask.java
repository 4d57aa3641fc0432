package io.datapoints.connect;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** The task of every connector here. This build holds no engine yet: the task refuses to start. */
public final class DatapointSinkTask extends SinkTask {

  @Override
  public String version() {
    return PluginVersion.read();
  }

  @Override
  public void start(Map<String, String> properties) {
    throw new ConnectException("This build of the connector has no delivery engine");
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    throw new ConnectException("The task was never started");
  }

  @Override
  public void stop() {
    // Nothing was opened.
  }
}
