package io.datapoints.connect.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.datapoints.connect.docs.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be known of the alerts without a Prometheus. */
class AlertsTest {

  private static final Path CASES = Path.of("src", "test", "resources", "alerts-test.yml");
  private static final String RUNBOOK = "docs/operate/metrics.md";
  private static final Pattern ROW =
      Pattern.compile("^\\| `(\\w+)`, (\\w+) \\|", Pattern.MULTILINE);
  private static final Pattern DURATION = Pattern.compile("[0-9]+[mh]");
  private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w{1,40})");

  @Test
  void everyAlertSaysHowUrgentItIsAndWhatToDo() throws IOException {
    assertThat(Alert.all())
        .isNotEmpty()
        .allSatisfy(
            alert -> {
              assertThat(alert.name()).matches("[A-Z][A-Za-z]+");
              assertThat(PromQl.series(alert.expression())).as(alert.name()).isNotEmpty();
              assertThat(alert.json().at("/labels/severity").asText()).isIn("warning", "critical");
              assertThat(alert.json().path("for").asText("1m")).matches(DURATION);
              assertThat(alert.annotation("summary")).as(alert.name()).endsWith(".");
              assertThat(alert.annotation("description")).as(alert.name()).endsWith(".");
              assertThat(alert.annotation("runbook")).isEqualTo(RUNBOOK + "#alerting");
            });
    assertThat(Alert.all()).extracting(Alert::name).doesNotHaveDuplicates();
  }

  @Test
  void theRunbookHasEveryAlertAndItsUrgency() throws IOException {
    Page runbook = Page.read(RUNBOOK);
    assertThat(runbook.anchors()).contains("alerting");
    assertThat(ROW.matcher(runbook.text()).results())
        .extracting(row -> row.group(1) + ", " + row.group(2))
        .containsExactlyElementsOf(
            Alert.all().stream()
                .map(alert -> alert.name() + ", " + alert.json().at("/labels/severity").asText())
                .toList());
  }

  /** A label that the expression aggregates away would be an empty word in the text. */
  @Test
  void theTextsNameOnlyLabelsThatTheExpressionKeeps() throws IOException {
    for (Alert alert : Alert.all()) {
      Set<String> kept =
          alert.expression().startsWith("up{")
              ? Set.of("job", "instance")
              : Set.of(
                  alert.expression().replaceFirst("(?s).*? by \\(([^)]*)\\).*", "$1").split(", "));
      assertThat(LABEL.matcher(alert.json().path("annotations").toString()).results())
          .as(alert.name())
          .isNotEmpty()
          .allSatisfy(label -> assertThat(kept).contains(label.group(1)));
    }
  }

  /** The cases are for promtool, which a build does not have. */
  @Test
  void everyAlertHasACaseThatRaisesItAndOneThatDoesNot() throws IOException {
    Set<String> raised = new HashSet<>();
    Set<String> silent = new HashSet<>();
    for (JsonNode each : Alert.yaml(CASES).path("tests")) {
      for (JsonNode check : each.path("promql_expr_test")) {
        String name = check.path("expr").asText().replaceFirst(".*alertname=\"(\\w+)\".*", "$1");
        (check.path("exp_samples").isEmpty() ? silent : raised).add(name);
      }
    }

    assertThat(Alert.all()).extracting(Alert::name).containsExactlyInAnyOrderElementsOf(raised);
    assertThat(silent).isEqualTo(raised);
  }

  @Test
  void prometheusReadsTheAlertsAndAWorker() throws IOException {
    JsonNode prometheus = Alert.yaml(Alert.DIRECTORY.resolve("prometheus.yml"));

    assertThat(prometheus.path("rule_files"))
        .singleElement()
        .satisfies(file -> assertThat(Alert.DIRECTORY.resolve(file.asText())).isRegularFile());
    assertThat(prometheus.at("/scrape_configs/0/job_name").asText()).isEqualTo("kafka-connect");
    assertThat(Alert.all().stream().map(Alert::expression))
        .anyMatch(expression -> expression.startsWith("up{job=\"kafka-connect\"}"));
  }
}
