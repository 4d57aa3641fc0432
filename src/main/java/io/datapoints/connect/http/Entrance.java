package io.datapoints.connect.http;

import io.datapoints.connect.http.credentials.Authenticator;
import io.datapoints.connect.http.credentials.Verdict;
import io.datapoints.connect.http.listener.Listeners;
import io.datapoints.connect.http.metrics.JsonReadings;
import io.datapoints.connect.http.metrics.PrometheusText;
import io.datapoints.connect.http.metrics.Reading;
import io.datapoints.connect.http.protocol.Answer;
import io.datapoints.connect.http.protocol.Protocol;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where requests come in: who may, what for, and to whom it goes. Never blocks. */
final class Entrance extends Handler.Abstract {

  private static final Logger log = LoggerFactory.getLogger(Entrance.class);

  /** No path here is a tenth of it, and its parameters are few. */
  private static final int MAX_URI = 2_048;

  private final Parts parts;
  private final LongAdder refused = new LongAdder();

  /**
   * What it hands requests to.
   *
   * @param metricsNeedCredentials whether the door's metrics are not for anybody
   * @param readings all metrics, those of one name beside each other
   * @param version the body of that path
   */
  record Parts(
      Listeners listeners,
      Authenticator authenticator,
      boolean metricsNeedCredentials,
      Responder responder,
      Answers answers,
      Protocols protocols,
      Cors cors,
      Health health,
      Ingestion ingestion,
      Supplier<List<Reading>> readings,
      String version) {}

  Entrance(Parts parts) {
    this.parts = parts;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    parts.listeners().begin(connection);
    String path = Request.getPathInContext(request);
    Endpoint endpoint = path == null ? Endpoint.OTHER : Endpoint.of(path);
    RequestRecord.mark(request, endpoint);
    Protocol protocol = parts.protocols().of(endpoint, request);
    Exchange exchange = new Exchange(request, response, callback, parts.responder(), protocol);
    if (request.getHttpURI().asString().length() > MAX_URI) {
      exchange.refuse(Answers.longUri());
      return true;
    }
    // A browser asks by OPTIONS before it has credentials.
    if (request.getMethod().equals("OPTIONS") || isOpen(endpoint)) {
      route(exchange, endpoint);
      return true;
    }
    authenticate(exchange, endpoint, isCertified(connection.getEndPoint()));
    return true;
  }

  private void authenticate(Exchange exchange, Endpoint endpoint, boolean certified) {
    String authorization;
    try {
      authorization = exchange.protocol().authorization(exchange.request());
    } catch (RuntimeException damaged) {
      exchange.refuse(Answers.damagedQuery());
      return;
    }
    parts
        .authenticator()
        .check(authorization, certified, verdict -> enter(exchange, endpoint, verdict));
  }

  private boolean isOpen(Endpoint endpoint) {
    return switch (endpoint.access()) {
      case ANYBODY -> true;
      case METRICS -> !parts.metricsNeedCredentials();
      case CREDENTIALS -> false;
    };
  }

  /** Whether the client has shown a certificate; TLS has refused one that is not trusted. */
  private static boolean isCertified(EndPoint endPoint) {
    EndPoint.SslSessionData tls = endPoint.getSslSessionData();
    X509Certificate[] shown = tls == null ? null : tls.peerCertificates();
    return shown != null && shown.length > 0;
  }

  private void enter(Exchange exchange, Endpoint endpoint, Verdict verdict) {
    switch (verdict) {
      case ADMITTED -> route(exchange, endpoint);
      case REFUSED -> {
        refused.increment();
        exchange.refuse(Answers.notAuthenticated(parts.authenticator().challenges()));
      }
      case BUSY ->
          exchange.refuse(parts.answers().repeat("Too many passwords wait to be checked."));
    }
  }

  private void route(Exchange exchange, Endpoint endpoint) {
    try {
      boolean taken = endpoint.takes(exchange.request().getMethod());
      if (taken && endpoint.takesPoints()) {
        parts.ingestion().take(exchange);
      } else if (taken && endpoint == Endpoint.INFLUX_QUERY) {
        InfluxQueries.answer(exchange);
      } else {
        exchange.refuse(answer(exchange.request(), endpoint));
      }
    } catch (RuntimeException e) {
      // The class alone: a message could quote the request.
      log.error("A request could not be answered: {}", e.getClass().getName());
      exchange.refuse(Answer.error(500, "The server failed."));
    }
  }

  private Answer answer(Request request, Endpoint endpoint) {
    switch (endpoint) {
      case QUERY, DELETE -> {
        return Answers.disabled(endpoint.name());
      }
      case OTHER -> {
        return Answers.notFound();
      }
      default -> {
        if (request.getMethod().equals("OPTIONS")) {
          return parts.cors().preflight(endpoint, request.getHeaders());
        }
        return endpoint.takes(request.getMethod())
            ? content(endpoint)
            : Answers.notAllowed(endpoint);
      }
    }
  }

  private Answer content(Endpoint endpoint) {
    Health health = parts.health();
    return switch (endpoint) {
      case INDEX -> Answer.empty(204);
      case VERSION -> Answer.json(200, parts.version());
      case HEALTH_CHECK -> parts.answers().check(health.ready());
      case HEALTH_STATUS -> HealthAnswers.status(health);
      case HEALTH, HEALTH_READY -> HealthAnswers.details(health);
      case HEALTH_LIVE -> HealthAnswers.live(health);
      case METRICS ->
          Answer.text(200, PrometheusText.CONTENT_TYPE, PrometheusText.of(parts.readings().get()));
      case METRICS_JSON -> Answer.json(200, JsonReadings.of(parts.readings().get()));
      case INFLUX_PING -> Answers.influxPing();
      default -> Answers.notFound();
    };
  }

  /** Requests without valid credentials. */
  long refusedCredentials() {
    return refused.sum();
  }
}
