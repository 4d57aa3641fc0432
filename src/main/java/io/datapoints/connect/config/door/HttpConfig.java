package io.datapoints.connect.config.door;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.datapoints.connect.config.door.AuthenticationConfig.Scheme;
import io.datapoints.connect.config.door.ListenerTlsConfig.ClientCertificates;
import io.datapoints.connect.config.setting.SettingGroup;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * How the door speaks HTTP.
 *
 * @param listeners at least one
 * @param tls there if one of them speaks TLS
 * @param drainDelay how long the door goes on taking requests while it says that it is not ready
 * @param drainTimeout how long requests in flight may take when it closes
 */
public record HttpConfig(
    List<ListenerConfig> listeners,
    @Nullable ListenerTlsConfig tls,
    AuthenticationConfig authentication,
    ConnectionLimits limits,
    AnswerConfig answers,
    Duration drainDelay,
    Duration drainTimeout) {

  /** The property that names the listeners. */
  public static final String LISTENERS = "datapoints.http.listeners";

  static final String DRAIN_DELAY_MS = "datapoints.http.drain.delay.ms";
  static final String DRAIN_TIMEOUT_MS = "datapoints.http.drain.timeout.ms";

  private static final long MAX_DRAIN_MS = 600_000;

  public HttpConfig {
    listeners = List.copyOf(listeners);
  }

  static void define(ConfigDef definition) {
    new SettingGroup(definition, "HTTP listeners")
        .add(
            LISTENERS,
            ConfigDef.Type.LIST,
            ConfigDef.NO_DEFAULT_VALUE,
            LambdaValidator.with(
                (key, value) -> listeners(key, (List<?>) value), () -> ListenerConfig.FORM),
            Importance.HIGH,
            "Listeners",
            "Where the door listens: http://host:port or https://host:port, several separated by"
                + " commas. Without a host, or with 0.0.0.0, it is all addresses. KairosDB's own"
                + " port is 8080.")
        .add(
            DRAIN_DELAY_MS,
            ConfigDef.Type.LONG,
            0L,
            between(0, MAX_DRAIN_MS),
            Importance.LOW,
            "Drain delay (ms)",
            "Milliseconds that a door that closes goes on taking requests while its readiness is"
                + " 503, so that a load balancer looks elsewhere first.")
        .add(
            DRAIN_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            10_000L,
            between(0, MAX_DRAIN_MS),
            Importance.LOW,
            "Drain timeout (ms)",
            "Milliseconds that requests in flight may take while the door closes; what is not"
                + " answered by then is answered 503.");
    ConnectionLimits.define(definition);
    AnswerConfig.define(definition);
    AuthenticationConfig.define(definition);
    ListenerTlsConfig.define(definition);
  }

  /**
   * @throws ConfigException naming the property
   */
  static HttpConfig from(AbstractConfig config) {
    List<ListenerConfig> listeners = listeners(LISTENERS, config.getList(LISTENERS));
    AuthenticationConfig authentication = AuthenticationConfig.from(config);
    boolean secure = listeners.stream().anyMatch(ListenerConfig::secure);
    if (!secure) {
      ListenerTlsConfig.refuse(config);
    }
    ListenerTlsConfig tls = secure ? ListenerTlsConfig.from(config) : null;
    if (authentication.schemes().contains(Scheme.MTLS)
        && (tls == null || tls.clientCertificates() == ClientCertificates.NONE)) {
      throw new ConfigException(
          AuthenticationConfig.AUTH
              + " has mtls, which needs an https listener and "
              + ListenerTlsConfig.CLIENT_AUTH
              + " requested or required");
    }
    return new HttpConfig(
        listeners,
        tls,
        authentication,
        ConnectionLimits.from(config),
        AnswerConfig.from(config),
        Duration.ofMillis(config.getLong(DRAIN_DELAY_MS)),
        Duration.ofMillis(config.getLong(DRAIN_TIMEOUT_MS)));
  }

  private static List<ListenerConfig> listeners(String key, @Nullable List<?> texts) {
    if (texts == null || texts.isEmpty()) {
      throw new ConfigException(key + " is empty; it must be " + ListenerConfig.FORM);
    }
    try {
      List<ListenerConfig> parsed =
          texts.stream().map(text -> ListenerConfig.parse(String.valueOf(text))).toList();
      List<ListenerConfig> fixed = parsed.stream().filter(each -> each.port() != 0).toList();
      if (new HashSet<>(fixed).size() < fixed.size()) {
        throw new IllegalArgumentException("names an address twice");
      }
      return parsed;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(key + " " + e.getMessage());
    }
  }
}
