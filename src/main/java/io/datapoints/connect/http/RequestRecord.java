package io.datapoints.connect.http;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what was answered, and writes a line of each request at DEBUG to the logger {@code
 * io.datapoints.connect.http.access}: address, method, path, status, bytes and time. Of a path that
 * the door does not have the line says only that.
 */
final class RequestRecord implements RequestLog {

  private static final Logger log = LoggerFactory.getLogger("io.datapoints.connect.http.access");
  private static final String ENDPOINT = RequestRecord.class.getName();

  /** The classes of status codes that the door gives. */
  static final List<Integer> CLASSES = List.of(2, 4, 5);

  private static final int MAX_CLASS = 5;

  private final Map<Endpoint, AtomicLongArray> counts = new EnumMap<>(Endpoint.class);

  RequestRecord() {
    Arrays.stream(Endpoint.values())
        .forEach(endpoint -> counts.put(endpoint, new AtomicLongArray(MAX_CLASS + 1)));
  }

  /** Says what a request was for. */
  static void mark(Request request, Endpoint endpoint) {
    request.setAttribute(ENDPOINT, endpoint);
  }

  @Override
  public void log(Request request, Response response) {
    Endpoint endpoint =
        request.getAttribute(ENDPOINT) instanceof Endpoint known ? known : Endpoint.OTHER;
    int status = response.getStatus();
    of(endpoint).incrementAndGet(Math.max(0, Math.min(MAX_CLASS, status / 100)));
    if (log.isDebugEnabled()) {
      log.debug(
          "{} {} {} {} {} bytes {} ms",
          Request.getRemoteAddr(request),
          HttpMethod.fromString(request.getMethod()) == null ? "-" : request.getMethod(),
          endpoint.path(),
          status,
          Request.getContentBytesRead(request),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.getBeginNanoTime()));
    }
  }

  private AtomicLongArray of(Endpoint endpoint) {
    AtomicLongArray array = counts.get(endpoint);
    if (array == null) {
      throw new IllegalArgumentException(endpoint.name());
    }
    return array;
  }

  /**
   * Requests that were answered.
   *
   * @param statusClass the first digit of their status code
   */
  long answered(Endpoint endpoint, int statusClass) {
    return of(endpoint).get(statusClass);
  }
}
