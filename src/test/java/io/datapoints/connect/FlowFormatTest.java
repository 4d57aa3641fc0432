package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.format.MapReader;
import io.datapoints.connect.payload.RecordReader;
import io.datapoints.connect.table.TableReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A task of flows has the reader of their format. */
class FlowFormatTest {

  private static RecordReader reader(Map<String, String> settings) {
    return TaskAssembly.reader(CassandraSinkConfig.from(settings).pipeline());
  }

  @Test
  void protobufHasAReaderOfItsOwn() {
    assertThat(reader(Map.of("layout", "flows", "flows.preset", "goflow2_proto")))
        .isInstanceOf(MapReader.class);
    assertThat(reader(Map.of("layout", "flows", "flows.preset", "goflow2")))
        .isInstanceOf(TableReader.class);
  }
}
