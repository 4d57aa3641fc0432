package io.datapoints.connect.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.CassandraDatapointSinkConnector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The page for those who come from the DataStax connector, followed line by line: its settings as
 * they are, the sentence for each that has to change, and the line of the page for each sentence.
 */
class DataStaxMigrationTest {

  private static final String PREFIX = "topic.my_topic.my_ks.my_table.";
  private static final String FOREIGN = " is a setting of the DataStax connector; ";
  private static final String NONE = "there is none here, take it out";

  /** The settings of its sample for distributed workers, each with its value there. */
  private static final Map<String, String> SAMPLE = new LinkedHashMap<>();

  /** What is said of each of them; nothing of those that stay. */
  private static final Map<String, String> SENTENCES = new LinkedHashMap<>();

  static {
    stays("topics", "my_topic");
    stays("tasks.max", "1");
    becomes("contactPoints", "", "cassandra.contact.points");
    becomes("loadBalancing.localDc", "", "cassandra.local.datacenter");
    becomes("port", "9042", "cassandra.contact.points, as host:port");
    goes("cloud.secureConnectBundle", "");
    becomes("ignoreErrors", "None", "errors.tolerance, Connect's own");
    becomes("maxConcurrentRequests", "500", "max.in.flight.batches");
    becomes("maxNumberOfRecordsInBatch", "32", "batch.max.rows");
    becomes("queryExecutionTimeout", "30", "cassandra.request.timeout.ms, in milliseconds");
    becomes("connectionPoolLocalSize", "4", "cassandra.connections.per.node");
    goes("jmx", "true");
    becomes("compression", "None", "cassandra.driver.advanced.protocol.compression");
    goes("auth.provider", "None");
    becomes("auth.username", "", "cassandra.username");
    becomes("auth.password", "", "cassandra.password");
    goes("auth.gssapi.keyTab", "");
    goes("auth.gssapi.principal", "");
    goes("auth.gssapi.service", "dse");
    becomes("ssl.provider", "None", "cassandra.ssl.enabled");
    becomes("ssl.hostnameValidation", "true", "cassandra.ssl.hostname.validation");
    becomes("ssl.keystore.password", "", "cassandra.ssl.keystore.password");
    becomes("ssl.keystore.path", "", "cassandra.ssl.keystore.location");
    becomes("ssl.openssl.keyCertChain", "", "cassandra.ssl.keystore.location");
    becomes("ssl.openssl.privateKey", "", "cassandra.ssl.key.location");
    becomes("ssl.truststore.password", "", "cassandra.ssl.truststore.password");
    becomes("ssl.truststore.path", "", "cassandra.ssl.truststore.location");
    goes("ssl.cipherSuites", "");
    goes("socks.proxyHost", "");
    goes("socks.proxyPort", "");
    stays(
        PREFIX + "mapping",
        "col1=key.f1, col2=value.f1, __ttl=value.f2, __timestamp=value.f3, col3=header.f1,"
            + " col4=now()");
    stays(PREFIX + "consistencyLevel", "LOCAL_ONE");
    stays(PREFIX + "ttl", "-1");
    stays(PREFIX + "ttlTimeUnit", "SECONDS");
    stays(PREFIX + "timestampTimeUnit", "MICROSECONDS");
    stays(PREFIX + "nullToUnset", "true");
    stays(PREFIX + "deletesEnabled", "true");
    String codec = "topic.my_topic.codec.";
    String iso = NONE + ": a time in a text is ISO 8601";
    says(codec + "locale", "en_US", NONE + ": a number in a text has a point and no grouping");
    says(codec + "timeZone", "UTC", "here it is timestamp.zone, of all topics");
    says(codec + "timestamp", "CQL_TIMESTAMP", iso);
    says(codec + "date", "ISO_LOCAL_DATE", iso);
    says(codec + "time", "ISO_LOCAL_TIME", iso);
    says(codec + "unit", "MILLISECONDS", "here it is timestamp.unit, or timeUnit of the table");
    becomes(
        "datastax-java-driver.basic.config-reload-interval",
        "1 minutes",
        "cassandra.driver. and the same path");
  }

  private static void stays(String name, String value) {
    SAMPLE.put(name, value);
  }

  private static void becomes(String name, String value, String ours) {
    says(name, value, "here it is " + ours);
  }

  private static void goes(String name, String value) {
    says(name, value, NONE);
  }

  private static void says(String name, String value, String sentence) {
    SAMPLE.put(name, value);
    SENTENCES.put(name, name + FOREIGN + sentence);
  }

  @Test
  void ofTheSampleWithOurClassEachLineThatHasToChangeIsNamedAndNoOther() {
    Map<String, List<String>> expected = new HashMap<>();
    SENTENCES.forEach((name, sentence) -> expected.put(name, List.of(sentence)));
    assertThat(errors(SAMPLE)).isEqualTo(expected);
  }

  @Test
  void thePageHasALineForEachOfThem() throws IOException {
    List<String[]> lines = lines(Page.read("docs/migrate/datastax.md"));
    SENTENCES.forEach(
        (name, sentence) ->
            assertThat(lines)
                .as(name)
                .filteredOn(line -> names(line[1], name))
                .singleElement()
                .satisfies(line -> assertThat(line[2].strip()).isEqualTo(ours(sentence))));
    SAMPLE.keySet().stream()
        .filter(name -> name.startsWith(PREFIX))
        .forEach(
            name ->
                assertThat(lines)
                    .as(name)
                    .filteredOn(line -> names(line[1], name))
                    .singleElement()
                    .satisfies(line -> assertThat(line[2].strip()).isEqualTo("the same")));
  }

  private static List<String[]> lines(Page page) {
    return page.text()
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|", -1))
        .toList();
  }

  /** Whether a cell names a setting, in full, by its last part, or by a prefix with a star. */
  private static boolean names(String cell, String setting) {
    Matcher each = Pattern.compile("`([^`]+)`").matcher(cell);
    while (each.find()) {
      String name =
          each.group(1)
              .replace("<topic>.<keyspace>.<table>", "my_topic.my_ks.my_table")
              .replace("<topic>", "my_topic");
      boolean last = name.startsWith(".") && setting.startsWith("topic.") && setting.endsWith(name);
      boolean below =
          name.endsWith("*") && setting.startsWith(name.substring(0, name.length() - 1));
      if (last || below || name.equals(setting)) {
        return true;
      }
    }
    return false;
  }

  /** The cell of the page for our name in a sentence. */
  private static String ours(String sentence) {
    Matcher name = Pattern.compile("; here it is ([^, ]+)").matcher(sentence);
    if (!name.find()) {
      return "none";
    }
    return "`" + name.group(1) + (name.group(1).endsWith(".") ? "*`" : "`");
  }

  @Test
  void theTranslatedSampleIsAccepted() {
    Map<String, String> translated = new HashMap<>(SAMPLE);
    translated.keySet().removeAll(SENTENCES.keySet());
    translated.putAll(
        Map.of(
            "cassandra.contact.points", "one:9042,two:9042",
            "cassandra.local.datacenter", "dc1",
            "errors.tolerance", "all",
            "max.in.flight.batches", "32",
            "batch.max.rows", "250",
            "cassandra.request.timeout.ms", "3000",
            "timestamp.unit", "ms",
            "header.converter", "org.apache.kafka.connect.storage.StringConverter",
            "cassandra.driver.basic.config-reload-interval", "1 minutes",
            "validate.connect", "false"));
    assertThat(errors(translated)).isEmpty();
  }

  /** Topic, keyspace, table and mapping of its examples and of its documentation. */
  static Stream<List<String>> documented() {
    return Stream.of(
            "world_topic world_keyspace world_table recordid=key, continent=value",
            "json-stream stocks ticks name=key, symbol=value.symbol, datetime=value.datetime,"
                + " exchange=value.exchange, industry=value.industry, value=value.value",
            "json-stream kafka_examples stocks_udt_table name=key, stocks=value",
            "avro-stream kafka_examples avro_udt_table id=key.key,"
                + " udt_col0=value.segment0,udt_col1=value.segment1",
            "jdbc-postgresql-with-schema-example-addresses kafka_examples addresses_with_schema"
                + " person_id=value.personid, first_name=value.firstname, city=value.city",
            "this.is.complex_topic-name ks \"MY_TABLE\" bigintcol=value",
            "t ks types bigintcol=value.bigint, loaded_at=now(), loaded_at2=now()",
            "t ks types bigintcol=header.bigint, doublecol=header.double, __ttl=header.ttlcolumn,"
                + " __timestamp = header.timestampcolumn",
            "t ks \"CASE_SENSITIVE_UDT\" pk=key, value=value",
            "t ks types \"COL 1\"=\"value.INT FIELD\",\"col\"\"2\"=\"key.2nd field\"",
            "t ks 2nd_table 1st=value.2nd, 3=header.4th",
            "ctr ks mycounter c1=value.f1, c2=value.f2, c3=value.f3, c4=value.f4")
        .map(text -> Arrays.asList(text.split(" ", 4)));
  }

  @ParameterizedTest
  @MethodSource("documented")
  void aMappingIsAcceptedWithNothingButTheClassAndTheAddressesChanged(List<String> documented) {
    Map<String, String> settings = new HashMap<>();
    settings.put("topics", documented.get(0));
    String prefix = "topic." + String.join(".", documented.subList(0, 3)) + ".";
    settings.put(prefix + "mapping", documented.get(3));
    settings.put(prefix + "consistencyLevel", "LOCAL_QUORUM");
    settings.put("contactPoints", "127.0.0.1");
    settings.put("loadBalancing.localDc", "Cassandra");
    assertThat(errors(settings)).containsOnlyKeys("contactPoints", "loadBalancing.localDc");
    settings.keySet().removeAll(List.of("contactPoints", "loadBalancing.localDc"));
    settings.put("validate.connect", "false");
    assertThat(errors(settings)).isEmpty();
  }

  private static Map<String, List<String>> errors(Map<String, String> settings) {
    Map<String, List<String>> errors = new HashMap<>();
    new CassandraDatapointSinkConnector()
        .validate(settings)
        .configValues()
        .forEach(
            value ->
                errors
                    .computeIfAbsent(value.name(), name -> new ArrayList<>())
                    .addAll(value.errorMessages()));
    errors.values().removeIf(List::isEmpty);
    return errors;
  }
}
