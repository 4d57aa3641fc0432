package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.docs.Page;
import io.datapoints.connect.mapping.parser.MappingParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

/** What the page says of mappings is what the connectors take. */
class MappingPageTest {

  private static final Pattern FORM = Pattern.compile("^\\| `([^`]+=[^`]+)`", Pattern.MULTILINE);

  private final Page page;

  MappingPageTest() throws IOException {
    page = Page.read("docs/layouts/table.md");
  }

  @Test
  void theSettingsShownAreValid() throws IOException {
    List<String> blocks = page.blocks().stream().map(Page.Block::text).toList();
    assertThat(blocks).hasSize(3);
    Map<String, String> cassandra = settings(blocks.get(0));
    cassandra.putAll(settings(blocks.get(1)));
    assertThat(errors(CassandraSinkConfig.validate(cassandra))).isEmpty();
    Map<String, String> mongo = settings(blocks.get(2));
    mongo.put("layout", "table");
    mongo.put("mongodb.uri", "mongodb://localhost");
    mongo.put("mongodb.database", "shop");
    assertThat(errors(MongoSinkConfig.validate(mongo))).isEmpty();
  }

  private static Map<String, String> settings(String block) throws IOException {
    return new ObjectMapper()
        .readValue(
            "{" + block.strip().replaceAll(",$", "") + "}",
            new TypeReference<HashMap<String, String>>() {});
  }

  private static List<String> errors(List<ConfigValue> values) {
    return values.stream().flatMap(value -> value.errorMessages().stream()).toList();
  }

  @Test
  void eachFormShownIsRead() {
    Matcher form = FORM.matcher(page.text());
    int forms = 0;
    while (form.find()) {
      String mapping = form.group(1);
      assertThatCode(() -> MappingParser.parse(mapping)).as(mapping).doesNotThrowAnyException();
      forms++;
    }
    assertThat(forms).isGreaterThan(12);
  }
}
