package io.datapoints.connect.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.kairosdb.DatapointReader;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** What the kairosdb layout promises beside, from the record to what is stored. */
abstract class PointsContractTest extends StoreContractTest {

  private static final Map<String, String> LAYOUT = Map.of("layout", "kairosdb");

  private final List<String> reasons = new ArrayList<>();
  private long offset;

  PointsContractTest(Servers servers, InetSocketAddress server) {
    super(servers, server, Samples.POINTS);
  }

  abstract Stores stores();

  /** A store for values of all types, which the other tests do not expect. */
  abstract Store valueStore(TcpProxy proxy, Map<String, String> settings);

  /** The points of a metric in such a store, each as time, type and value, in this order. */
  abstract List<String> values(String metric);

  /** Whether values of different types for one time are different points, as in KairosDB. */
  abstract boolean keepsTypesApart();

  @Override
  int largestBatch() {
    return stores().largestBatch();
  }

  @Test
  void aNumberIsALongWhereALongHoldsIt() {
    put(
        LAYOUT,
        "{'name':'numbers','tags':{'h':'a'},'datapoints':[[1,7],[2,7.0],[3,1e-05],[4,1e3],"
            + "[5,18446744073709551615],[6,1e20],[7,-9223372036854775808],[8,0.1],"
            + "[9,5.0,'long'],[10,7,'double'],[11,5.5,'long'],[12,18446744073709551615,'long']]}");
    assertThat(values("numbers"))
        .containsExactly(
            "1 long 7",
            "2 double 7.0",
            "3 double 1.0E-5",
            "4 long 1000",
            "5 double 1.8446744073709552E19",
            "6 double 1.0E20",
            "7 long -9223372036854775808",
            "8 double 0.1",
            "9 long 5",
            "10 double 7.0");
    assertThat(reasons)
        .containsExactly(
            "metric[0](name=numbers).datapoints[10].value is not a long.",
            "metric[0](name=numbers).datapoints[11].value is not a long.");
  }

  @Test
  void numbersOfConvertersAreStoredAlike() {
    Map<String, Object> metric =
        Map.of(
            "name",
            "converted",
            "tags",
            Map.of("h", "a"),
            "datapoints",
            Arrays.asList(
                List.of(1, 7),
                List.of(2, 7.0),
                List.of(3, 0.5f),
                List.of(4, new BigDecimal("12.50")),
                List.of(5, new BigDecimal("12")),
                List.of(6, new BigInteger("18446744073709551615")),
                Arrays.asList(7, null),
                List.of(8, 7.0, "long"),
                List.of(9, 7.5, "long")));
    put(LAYOUT, metric);
    assertThat(values("converted"))
        .containsExactly(
            "1 long 7",
            "2 double 7.0",
            "3 double 0.5",
            "4 double 12.5",
            "5 long 12",
            "6 double 1.8446744073709552E19",
            "8 long 7");
    assertThat(reasons)
        .containsExactly("metric[0](name=converted).datapoints[8].value is not a long.");
  }

  @Test
  void aTextIsANumberWhereItLooksLikeOneAndEmptyWhereItIsSaidToBeAText() {
    put(
        LAYOUT,
        "{'name':'texts','tags':{'h':'a'},'datapoints':[[1,'007'],[2,'007','string'],[3,'1.50'],"
            + "[4,'1e5'],[5,'','string'],[6,null],[7,null,'string'],[8,'']]}");
    assertThat(values("texts"))
        .containsExactly("1 long 7", "2 string 007", "3 double 1.5", "4 string 1e5", "5 string ");
    assertThat(reasons)
        .containsExactly("metric[0](name=texts).datapoints[7].value may not be empty.");
  }

  @Test
  void timestampsCountInTheUnit() {
    Map<String, String> seconds = with("timestamp.unit", "s");
    put(seconds, "{'name':'s','tags':{'h':'a'},'datapoints':[[1700000000,1],[1700000000.5,2]]}");
    assertThat(values("s")).containsExactly("1700000000000 long 1", "1700000000500 long 2");
    put(
        with("timestamp.unit", "iso8601"),
        "{'name':'iso','tags':{'h':'a'},'time':'2023-11-14T23:13:20+01:00','value':1}");
    assertThat(values("iso")).containsExactly("1700000000000 long 1");
    Schema schema =
        SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("tags", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build())
            .field("time", SchemaBuilder.int64().name("io.debezium.time.MicroTimestamp").build())
            .field("value", Schema.INT64_SCHEMA)
            .build();
    put(
        seconds,
        new Struct(schema)
            .put("name", "debezium")
            .put("tags", Map.of("h", "a"))
            .put("time", 1_700_000_000_123_456L)
            .put("value", 1L));
    assertThat(values("debezium")).containsExactly("1700000000123 long 1");
    assertThat(reasons).isEmpty();
  }

  @Test
  void twoTypesForOneTimeAreTwoPointsWhereTheTypeIsPartOfTheKey() {
    put(LAYOUT, "{'name':'two','tags':{'h':'a'},'time':1,'value':1}");
    put(LAYOUT, "{'name':'two','tags':{'h':'a'},'time':1,'value':1.5}");
    assertThat(values("two"))
        .isEqualTo(
            keepsTypesApart() ? List.of("1 double 1.5", "1 long 1") : List.of("1 double 1.5"));
  }

  private static Map<String, String> with(String setting, String value) {
    Map<String, String> settings = new HashMap<>(LAYOUT);
    settings.put(setting, value);
    return settings;
  }

  /** Reads a record as a task does, and writes its points. */
  private void put(Map<String, String> settings, Object value) {
    PipelineConfig config = CassandraSinkConfig.from(settings).pipeline();
    RecordOrigin origin = new RecordOrigin("topic", 0, offset++, RECORD_TIME + offset);
    List<Sample> samples = new ArrayList<>();
    SampleSink sink =
        new SampleSink() {
          @Override
          public void accept(Sample sample) {
            samples.add(sample);
          }

          @Override
          public void reject(Rule rule, String reason) {
            reasons.add(reason);
          }
        };
    Schema schema = value instanceof Struct struct ? struct.schema() : null;
    reasons.clear();
    new DatapointReader(config.records().maxInflatedBytes(), config.kairos())
        .read(new SinkRecord("topic", 0, null, null, schema, value, offset), origin, sink);
    try (TcpProxy proxy = proxy();
        Store store = valueStore(proxy, settings)) {
      assertThat(await(store.open())).isEqualTo(DURABLE);
      assertThat(write(store, samples)).containsOnly(DURABLE);
    }
  }
}
