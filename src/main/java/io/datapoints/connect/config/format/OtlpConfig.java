package io.datapoints.connect.config.format;

import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * How OpenTelemetry's data points become points.
 *
 * @param resourceAttributes the attributes of resources that become tags; {@code *} for all
 * @param scopeTags whether name and version of a scope become tags
 * @param histogramBuckets whether the buckets of histograms with explicit bounds become points
 * @param exponentialBuckets how many buckets of an exponential histogram become points, 0 for none
 */
public record OtlpConfig(
    Set<String> resourceAttributes,
    boolean scopeTags,
    boolean histogramBuckets,
    int exponentialBuckets) {

  public static final String RESOURCE_ATTRIBUTES = "otlp.resource.attributes";
  public static final String SCOPE_TAGS = "otlp.scope.tags";
  public static final String HISTOGRAM_BUCKETS = "otlp.histogram.buckets";
  public static final String EXPONENTIAL_BUCKETS = "otlp.exponential.buckets";

  static final List<String> ALL =
      List.of(RESOURCE_ATTRIBUTES, SCOPE_TAGS, HISTOGRAM_BUCKETS, EXPONENTIAL_BUCKETS);

  private static final String EVERY = "*";

  /** Fewer cannot hold both signs, however coarse: a side of zero has two where it is coarsest. */
  private static final int MIN_EXPONENTIAL = 5;

  private static final int MAX_EXPONENTIAL = 1_024;

  public OtlpConfig {
    resourceAttributes = Set.copyOf(resourceAttributes);
  }

  /** Whether this attribute of a resource becomes a tag. */
  public boolean takes(String attribute) {
    return resourceAttributes.contains(attribute) || resourceAttributes.contains(EVERY);
  }

  static void define(ConfigDef definition) {
    new SettingGroup(definition, FormatConfig.GROUP)
        .add(
            RESOURCE_ATTRIBUTES,
            ConfigDef.Type.LIST,
            List.of(
                "service.name",
                "service.namespace",
                "service.instance.id",
                "host.name",
                "k8s.namespace.name",
                "k8s.pod.name"),
            Validators.each("name of an attribute, or *", OtlpConfig::checkAttribute),
            Importance.MEDIUM,
            "Resource attributes",
            "The attributes of a resource that become tags of its points; `*` stands for all."
                + " Each value of a tag makes new series: ids of processes, pods and containers"
                + " make many.")
        .add(
            SCOPE_TAGS,
            ConfigDef.Type.BOOLEAN,
            false,
            null,
            Importance.LOW,
            "Scope tags",
            "Whether the name and the version of an instrumentation scope become the tags"
                + " `otel.scope.name` and `otel.scope.version`.")
        .add(
            HISTOGRAM_BUCKETS,
            ConfigDef.Type.BOOLEAN,
            true,
            null,
            Importance.LOW,
            "Histogram buckets",
            "Whether each bucket of a histogram with explicit bounds becomes a point, with the"
                + " bound in the tag `le`. Count, sum, minimum and maximum do in any case.")
        .add(
            EXPONENTIAL_BUCKETS,
            ConfigDef.Type.INT,
            20,
            Validators.number(
                "0, or " + MIN_EXPONENTIAL + " to " + MAX_EXPONENTIAL,
                buckets ->
                    buckets == 0 || (buckets >= MIN_EXPONENTIAL && buckets <= MAX_EXPONENTIAL)),
            Importance.LOW,
            "Exponential buckets",
            "How many buckets of an exponential histogram become points at most, beside the one of"
                + " all, with the bound in the tag `le`. Where there are more, neighbours are"
                + " merged in pairs until there are not. 0 stores count, sum, minimum and maximum"
                + " only.");
  }

  private static void checkAttribute(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("must not be blank");
    }
  }

  static OtlpConfig from(AbstractConfig config) {
    return new OtlpConfig(
        Set.copyOf(config.getList(RESOURCE_ATTRIBUTES)),
        config.getBoolean(SCOPE_TAGS),
        config.getBoolean(HISTOGRAM_BUCKETS),
        config.getInt(EXPONENTIAL_BUCKETS));
  }
}
