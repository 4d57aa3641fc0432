package io.datapoints.connect.kairosdb;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** KairosDB's rules for a metric object, with its messages. */
class MetricRulesTest {

  private static final String M = "metric[0](name=m)";
  private static final String TAGS = "\"tags\":{\"h\":\"a\"}";

  private final Reading reading = Reading.plain();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`'name':'m','timestamp':5,'value':1` | .tags count must be greater than or equal to 1.",
        "`'name':'m','timestamp':5,'value':1,'tags':{}` | .tags count must be greater than or equal"
            + " to 1.",
        "`'name':'m','timestamp':5,'value':1,'tags':null` | .tags count must be greater than or"
            + " equal to 1.",
        "`'name':'m','timestamp':5,'value':1,'tags':[]` | .tags count must be greater than or equal"
            + " to 1.",
        "`'name':'m','timestamp':5,'tags':{'h':'a'}` | .value may not be null.",
        "`'name':'m','value':5,'tags':{'h':'a'}` | .timestamp may not be null.",
        "`'name':'m','value':5,'timestamp':null,'tags':{'h':'a'}` | .timestamp may not be null.",
        "`'name':'m','timestamp':5,'value':1,'tags':{'':'a'}` | .tag[0].name may not be empty.",
        "`'name':'m','timestamp':5,'value':1,'tags':{'h':'a','':'a'}` | .tag[1].name may not be"
            + " empty.",
        "`'name':'m','timestamp':5,'value':1,'tags':{'h':null}` | .tag[h].value may not be null.",
        "`'name':'m','timestamp':5,'value':1,'tags':{'h':''}` | .tag[h].value may not be empty.",
        "`'name':'m','timestamp':5,'value':1,'tags':{'h':{}}` | .tag[h].value is not a text.",
        "`'name':'m','timestamp':5,'value':1,'tags':{'h':['a']}` | .tag[h].value is not a text.",
        "`'name':'m','timestamp':5,'value':1,'tags':{'h':'a','h':'b'}` | ` duplicate key: h`",
        "`'name':'m','timestamp':5,'value':1,'tags':7` | .tags is not an object of texts.",
        "`'name':'m','timestamp':7.5,'value':1,'tags':{'h':'a'}` | .timestamp is not a long.",
        "`'name':'m','timestamp':true,'value':1,'tags':{'h':'a'}` | .timestamp is not a long.",
        "`'name':'m','timestamp':[5],'value':1,'tags':{'h':'a'}` | .timestamp is not a long.",
        "`'name':'m','time':'x','value':1,'tags':{'h':'a'}` | .time is not a long.",
        "`'name':'m','timestamp':5,'value':1,'type':{},'tags':{'h':'a'}` | .type is not a text.",
        "`'name':'m','timestamp':5,'value':1,'skip_validate':1,'tags':{'h':'a'}` | .skip_validate"
            + " is not a boolean.",
        "`'name':'m','timestamp':5,'value':1,'ttl':1.5,'tags':{'h':'a'}` | .ttl is not an int.",
        "`'name':'m','timestamp':5,'value':1,'ttl':3000000000,'tags':{'h':'a'}` | .ttl is not an"
            + " int.",
        "`'name':'m','timestamp':5,'value':1,'ttl':'abc','tags':{'h':'a'}` | .ttl is not an int.",
        "`'name':'m','timestamp':5,'value':1,'ttl':-1,'tags':{'h':'a'}` | .ttl must be between 0"
            + " and 630720000 seconds.",
        "`'name':'m','timestamp':5,'value':1,'ttl':630720001,'tags':{'h':'a'}` | .ttl must be"
            + " between 0 and 630720000 seconds.",
        "`'name':'m','datapoints':{},'tags':{'h':'a'}` | .datapoints is not an array.",
        "`'name':'m','timestamp':-9223372036854775808,'value':1,'tags':{'h':'a'}` | .timestamp is"
            + " out of range.",
      })
  void refusesTheMetricWithOneReason(String fields, String reason) {
    reading.of("{" + fields + "}");
    assertThat(reading.reasons).containsExactly(M + reason);
    assertThat(reading.points).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`` | metric[0].name may not be null.",
        "`'name':null,` | metric[0].name may not be null.",
        "`'name':'',` | metric[0].name may not be empty.",
        "`'name':{},` | metric[0].name is not a text.",
      })
  void refusesAMetricWithoutAName(String name, String reason) {
    String metric = "{" + name + "\"timestamp\":5,\"value\":1," + TAGS;
    assertThat(reading.of(metric + "}").reasons).containsExactly(reason);
    assertThat(reading.of(metric + ",\"skip_validate\":true}").reasons).containsExactly(reason);
    assertThat(reading.points).isEmpty();
  }

  @Test
  void givesAllReasonsOfAllMetricsInKairosOrder() {
    reading.of("[{'name':'','timestamp':5,'tags':{'':''}},{'name':'n','value':1}]");
    assertThat(reading.reasons)
        .containsExactly(
            "metric[0].name may not be empty.",
            "metric[0].value may not be null.",
            "metric[0].tag[0].name may not be empty.",
            "metric[0].tag[0].value may not be empty.",
            "metric[1](name=n).timestamp may not be null.",
            "metric[1](name=n).tags count must be greater than or equal to 1.");
  }

  @Test
  void numbersDatapointsByTheirTruePositionAndKeepsTheGoodOnes() {
    reading.of(
        "{'name':'m','tags':{'h':'a'},'datapoints':[[1,1],[],[2],[null,3],[4,null],[5,''],[6,[]],"
            + "[7,{}],null,9,['x',1],[true,1],[11,1,null],[12,1,'y'],[13,13,'long',1,{}],"
            + "[-9223372036854775808,1],[{},1],[99,'99']]}");
    assertThat(reading.reasons)
        .containsExactly(
            M + ".datapoints[1].timestamp cannot be null or empty.",
            M + ".datapoints[2].value cannot be null or empty.",
            M + ".datapoints[3].timestamp may not be null.",
            M + ".datapoints[5].value may not be empty.",
            M + ".datapoints[6].value may not be an empty array.",
            M + " value is an invalid type",
            M + ".datapoints[8] is not an array of timestamp and value.",
            M + ".datapoints[9] is not an array of timestamp and value.",
            M + ".datapoints[10].timestamp is not a long.",
            M + ".datapoints[11].timestamp is not a long.",
            M + ".datapoints[12].type is not a text.",
            M + ".datapoints[13].type is not a registered data point type.",
            M + ".datapoints[15].timestamp is out of range.",
            M + ".datapoints[16].timestamp is not a long.");
    assertThat(reading.described())
        .containsExactly("m{h=a} 1 long 1", "m{h=a} 13 long 13", "m{h=a} 99 long 99");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "7 | 7",
        "7.0 | 7",
        "1e3 | 1000",
        "'7' | 7",
        "'7.0' | 7",
        "0 | 0",
        "-5 | -5",
        "1500000000 | 1500000000",
        "9223372036854775807 | 9223372036854775807",
        "9223372036854775808 | 9223372036854775807",
      })
  void takesAnyWholeNumberForATopLevelTimestamp(String timestamp, long stored) {
    reading.of("{'name':'m','tags':{'h':'a'},'value':1,'timestamp':" + timestamp + "}");
    assertThat(reading.described()).containsExactly("m{h=a} " + stored + " long 1");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {"5.7 | 5", "'5' | 5", "-5 | -5", "[5] | 5", "1e3 | 1000"})
  void truncatesTheTimestampOfADatapoint(String timestamp, long stored) {
    reading.of("{'name':'m','tags':{'h':'a'},'datapoints':[[" + timestamp + ",1]]}");
    assertThat(reading.described()).containsExactly("m{h=a} " + stored + " long 1");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {"100 | 100", "'100' | 100", "1.0 | 1", "null | 0", "0 | 0", "630720000 | 630720000"})
  void takesAnyWholeNumberForATtl(String ttl, int seconds) {
    reading.of("{'name':'m','tags':{'h':'a'},'value':1,'time':5,'ttl':" + ttl + "}");
    assertThat(reading.points).singleElement().matches(point -> point.ttl() == seconds);
  }

  @Test
  void storesWhatBothFormsOfPointsGive() {
    reading.of("{'name':'m','timestamp':1,'value':1,'datapoints':[[2,2]],'tags':{'h':'a'}}");
    assertThat(reading.described()).containsExactly("m{h=a} 1 long 1", "m{h=a} 2 long 2");
  }

  @Test
  void prefersTimeToTimestampUnlessItIsNull() {
    String metric = "{'name':'m','tags':{'h':'a'},'value':1,'timestamp':1,'time':";
    assertThat(reading.of(metric + "2}").described()).containsExactly("m{h=a} 2 long 1");
    assertThat(reading.of(metric + "null}").described()).containsExactly("m{h=a} 1 long 1");
  }

  @Test
  void letsTheTypeOfADatapointOverrideThatOfTheMetric() {
    reading.of("{'datapoints':[[1,1],[2,2,'string']],'type':'double','name':'m','tags':{'h':'a'}}");
    assertThat(reading.described()).containsExactly("m{h=a} 1 double 1.0", "m{h=a} 2 string '2'");
    reading.of("{'datapoints':[[1,1]],'type':null,'name':'m','tags':{'h':'a'}}");
    assertThat(reading.described()).containsExactly("m{h=a} 1 long 1");
  }

  @Test
  void takesTheLastOfDuplicateFieldsAndIgnoresUnknownOnes() {
    reading.of(
        "{'name':'x','name':'m','tags':{'a':'b'},'tags':{'h':'a'},'datapoints':[[9,9]],"
            + "'datapoints':[[2,2]],'what':{'ever':[1,{}]},'time':3,'time':1,'value':3,'value':1}");
    assertThat(reading.described()).containsExactly("m{h=a} 1 long 1", "m{h=a} 2 long 2");
  }

  @Test
  void takesNumbersAndBooleansForTexts() {
    reading.of("{'name':5,'tags':{'a':5.50,'b':true,'c':1e3,'d':-0},'time':1,'value':1}");
    assertThat(reading.described()).containsExactly("5{a=5.50,b=true,c=1e3,d=0} 1 long 1");
    reading.of("{'name':' ','tags':{'h':' '},'time':1,'value':1}");
    assertThat(reading.described()).containsExactly(" {h= } 1 long 1");
  }

  @Test
  void readsTagsInAnyOrderAsOneSeries() {
    String first = "{'name':'m','tags':{'b':'2','a':'1'},'time':1,'value':1}";
    String second = "{'name':'m','tags':{'a':'1','b':'2'},'time':1,'value':1}";
    String third = "{'name':'m','tags':[['b','2'],{'value':'1','name':'a'}],'time':1,'value':1}";
    assertThat(reading.of("[" + first + "," + second + "," + third + "]").described())
        .hasSize(3)
        .containsOnly("m{a=1,b=2} 1 long 1");
  }

  @Test
  void givesPointsOfOneSeriesTheSameInstance() {
    String metric = "{'tags':{'a':'1','b':'2'},'time':1,'value':1,'name':'m'}";
    var first = reading.of(metric).points.get(0).series();
    var second = reading.of(metric).points.get(0).series();
    assertThat(second).isSameAs(first);
  }

  @Test
  void tellsSeriesApartWhoseCharactersAreTheSame() {
    String first = "{'name':'m','tags':{'a':'12','b':'3'},'time':1,'value':1}";
    String second = "{'name':'m','tags':{'a':'1','b':'23'},'time':1,'value':1}";
    String third = "{'name':'m1','tags':{'a':'','b':'23'},'time':1,'value':1}";
    assertThat(reading.of(first).described()).containsExactly("m{a=12,b=3} 1 long 1");
    assertThat(reading.of(second).described()).containsExactly("m{a=1,b=23} 1 long 1");
    assertThat(reading.of(third).reasons).hasSize(1);
  }

  @Test
  void checksFieldsOfAKnownSeriesToo() {
    assertThat(reading.of("{'name':'m','tags':{'h':'a'},'time':1,'value':1}").points).hasSize(1);
    assertThat(reading.of("{'name':'m','tags':{'h':'a'},'time':1,'value':1,'ttl':-1}").reasons)
        .hasSize(1);
    assertThat(reading.points).isEmpty();
  }

  @Test
  void skipsTheRulesThatSkipValidateSkips() {
    String skip = ",'skip_validate':true}";
    assertThat(reading.of("{'name':'m','time':1,'value':1" + skip).described())
        .containsExactly("m{} 1 long 1");
    assertThat(reading.of("{'name':'m','time':1,'value':'','tags':{'':''}" + skip).described())
        .containsExactly("m{=} 1 string ''");
    assertThat(reading.of("{'name':'m','datapoints':[[1,'']]" + skip).reasons)
        .containsExactly(M + ".datapoints[0].value may not be empty.");
    assertThat(reading.of("{'name':'m','value':1" + skip).reasons)
        .containsExactly(M + ".timestamp may not be null.");
    assertThat(reading.of("{'name':'m','time':1,'value':1,'skip_validate':'no'}").reasons)
        .containsExactly(M + ".tags count must be greater than or equal to 1.");
  }

  @Test
  void doesNotRememberASeriesThatSkippedTheRules() {
    String metric = "{'name':'m','time':1,'value':1,'tags':{'h':''}";
    assertThat(reading.of(metric + ",'skip_validate':true}").points).hasSize(1);
    assertThat(reading.of(metric + "}").reasons)
        .containsExactly(M + ".tag[h].value may not be empty.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[ ]", "{'name':'m','tags':{'h':'a'}}", " [] \n"})
  void storesNothingAndSaysNothingWhereThereIsNothing(String json) {
    reading.of(json);
    assertThat(reading.points).isEmpty();
    assertThat(reading.reasons).isEmpty();
  }

  @Test
  void keepsTheNeighboursOfABadMetric() {
    String good = "{'name':'m','tags':{'h':'a'},'time':1,'value':1}";
    reading.of("[" + good + ",{'name':'b','time':1,'value':1},5,null,[[1]]," + good + "]");
    assertThat(reading.described()).hasSize(2).containsOnly("m{h=a} 1 long 1");
    assertThat(reading.reasons)
        .containsExactly(
            "metric[1](name=b).tags count must be greater than or equal to 1.",
            "metric[2] is not an object.",
            "metric[3] is not an object.",
            "metric[4] is not an object.");
  }

  @Test
  void refusesATextThatTwoBytesOfLengthCannotAnnounce() {
    assertThat(reading.of(ValueRulesTest.topLevel("\"" + "x".repeat(65_535) + "\"", "")).points)
        .hasSize(1);
    assertThat(reading.of(ValueRulesTest.topLevel("\"" + "x".repeat(65_536) + "\"", "")).reasons)
        .containsExactly(M + ".value needs more than 65535 bytes.");
    assertThat(
            reading.of(ValueRulesTest.topLevel("\"" + "\u20ac".repeat(21_845) + "\"", "")).points)
        .hasSize(1);
    assertThat(
            reading.of(ValueRulesTest.topLevel("\"" + "\u20ac".repeat(21_846) + "\"", "")).reasons)
        .hasSize(1);
    assertThat(
            reading.of(ValueRulesTest.topLevel("\"" + "\\u0000".repeat(32_768) + "\"", "")).reasons)
        .hasSize(1);
  }

  @Test
  void refusesASeriesWhoseRowKeyHasNoRoom() {
    // 65,535 less data_points, the time, the pair h=a, and three bytes for each of the four parts.
    int room = 65_535 - 11 - 8 - 3 - 4 * 3;
    String tags = "','time':1,'value':1,'tags':{'h':'a'}}";
    assertThat(reading.of("{'name':'" + "x".repeat(room) + tags).points).hasSize(1);
    assertThat(reading.of("{'name':'" + "x".repeat(room + 1) + tags).reasons)
        .singleElement()
        .asString()
        .contains(" name and tags need a key of ")
        .hasSizeLessThan(500);
    // Each ':' of a value takes two bytes.
    String value = ":".repeat(32_800);
    assertThat(reading.of("{'name':'m','time':1,'value':1,'tags':{'h':'" + value + "'}}").reasons)
        .hasSize(1);
  }

  @Test
  void cutsLongNamesInReasons() {
    String name = "n".repeat(60_000);
    String bad = "[]" + ",[]".repeat(10_000);
    reading.of("{'name':'" + name + "','tags':{'h':'a'},'datapoints':[" + bad + "]}");
    assertThat(reading.reasons).hasSize(10_001).allSatisfy(r -> assertThat(r).hasSizeLessThan(400));
  }

  @Test
  void refusesATagSetWithoutRoomInAClusteringColumn() {
    // Eight bytes of lengths a tag: 5,500 tags of "12345=" stay below the limit of the row key.
    String tags =
        IntStream.range(0, 5_500)
            .mapToObj(i -> "\"" + Integer.toString(i + 46_656, 36) + "\":\"1\"")
            .collect(Collectors.joining(","));
    byte[] record =
        ("{\"name\":\"m\",\"time\":1,\"value\":1,\"tags\":{" + tags + "}}")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(reading.of(record).reasons).singleElement().asString().contains("need a key of");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 17, 50})
  void tagsAreInTheOrderOfJavaHoweverTheyCome(int count) {
    List<String> names = new ArrayList<>();
    for (int tag = 0; tag < count; tag++) {
      names.add("t" + tag * 7 % count);
    }
    String tags =
        names.stream().map(name -> "'" + name + "':'v" + name + "'").collect(joining(","));
    reading.of("{'name':'m','timestamp':5,'value':1,'tags':{" + tags + "}}");
    assertThat(reading.described())
        .containsExactly(
            names.stream()
                .sorted()
                .map(name -> name + "=v" + name)
                .collect(joining(",", "m{", "} 5 long 1")));
    reading.of("{'name':'m','timestamp':5,'value':1,'tags':{" + tags + ",'t0':'x'}}");
    assertThat(reading.reasons).containsExactly(M + " duplicate key: t0");
  }
}
