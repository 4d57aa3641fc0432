package io.datapoints.connect.kairosdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.RecordReader;
import io.datapoints.connect.table.TableReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which rule a bad part is counted. */
class RulesTest {

  private static final PipelineConfig CONFIG = CassandraSinkConfig.from(Map.of()).pipeline();
  private static final RecordOrigin ORIGIN = new RecordOrigin("t", 0, 7, 0);

  private static List<Rule> rules(RecordReader reader, Object value) {
    List<Rule> rules = new ArrayList<>();
    Schema none = null;
    reader.read(
        new SinkRecord("t", 0, none, null, none, value, 7),
        ORIGIN,
        new SampleSink() {
          @Override
          public void accept(Sample sample) {
            throw new AssertionError("nothing here is good");
          }

          @Override
          public void reject(Rule rule, String reason) {
            rules.add(rule);
          }
        });
    return rules;
  }

  private static List<Rule> ofPoint(Object value) {
    return rules(new DatapointReader(CONFIG.records().maxInflatedBytes(), CONFIG.kairos()), value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | NO_VALUE",
        "{ | JSON",
        "5 | SHAPE",
        "[5] | SHAPE",
        "{'tags':{'a':'b'},'timestamp':1,'value':1} | NAME",
        "{'name':'n','tags':{},'timestamp':1,'value':1} | TAGS",
        "{'name':'n','tags':{'a':''},'timestamp':1,'value':1} | TAGS",
        "{'name':'n','tags':5,'timestamp':1,'value':1} | SHAPE",
        "{'name':'n','tags':{'a':'b'},'timestamp':'x','value':1} | TIMESTAMP",
        "{'name':'n','tags':{'a':'b'},'timestamp':1,'value':''} | VALUE",
        "{'name':'n','tags':{'a':'b'},'timestamp':1,'value':1,'type':'?'} | TYPE",
        "{'name':'n','tags':{'a':'b'},'timestamp':1,'value':1,'ttl':-1} | TTL",
        "{'name':'n','tags':{'a':'b'},'datapoints':[5]} | SHAPE",
        "{'name':'n','tags':{'a':'b'},'datapoints':[['x',5]]} | TIMESTAMP",
        "{'name':'n','tags':{'a':'b'},'datapoints':[[1,'']]} | VALUE",
        "{'name':'n','tags':{'a':'b'},'type':'long','datapoints':[[1,'x']]} | VALUE",
      },
      quoteCharacter = '"')
  void aPointHasTheRuleThatItBreaks(String json, Rule rule) {
    String text = json.equals("''") ? "" : json.replace('\'', '"');
    assertThat(ofPoint(text.getBytes(UTF_8))).containsExactly(rule);
  }

  @Test
  void formsThatAreNoJsonHaveTheirs() {
    assertThat(ofPoint(new byte[] {0x1f, (byte) 0x8b, 8})).containsExactly(Rule.GZIP);
    assertThat(ofPoint(5)).containsExactly(Rule.SHAPE);
  }

  @Test
  void everyFieldOfAFlowHasOne() {
    CassandraSinkConfig flows = CassandraSinkConfig.from(Map.of("layout", "flows"));
    TableReader reader = new TableReader(flows.pipeline().mapping(), 1_000);
    assertThat(rules(reader, "{}".getBytes(UTF_8)))
        .containsExactlyInAnyOrder(
            Rule.ADDRESS,
            Rule.ADDRESS,
            Rule.PORT,
            Rule.PORT,
            Rule.PROTOCOL,
            Rule.TIMESTAMP,
            Rule.VALUE);
  }
}
