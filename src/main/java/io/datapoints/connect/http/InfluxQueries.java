package io.datapoints.connect.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.datapoints.connect.http.protocol.Answer;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Answers the statement that senders of InfluxDB's protocol begin with: {@code CREATE DATABASE}. It
 * does nothing, since the topic is there; all other statements are for a database.
 */
final class InfluxQueries {

  private static final String STATEMENT = "q";
  private static final Pattern CREATE =
      Pattern.compile("\\s*create\\s+database\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final int MAX_FIELDS = 16;
  private static final int MAX_BYTES = 8 * 1024;
  private static final int TIMEOUT_SECONDS = 10;

  private static final Answer DONE = Answer.json(200, "{\"results\":[{\"statement_id\":0}]}");

  private InfluxQueries() {}

  /** Answers a statement in the query of the URI, or in a form. Does not block. */
  static void answer(Exchange exchange) {
    Request request = exchange.request();
    String inUri = Request.extractQueryParameters(request, UTF_8).getValue(STATEMENT);
    if (inUri != null || !request.getMethod().equals("POST")) {
      exchange.refuse(answer(inUri));
      return;
    }
    Promise.Completable<Fields> form = new Promise.Completable<>();
    Future<?> unused =
        form.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .whenComplete(
                (fields, failure) ->
                    exchange.answer(failure == null ? answer(fields) : unread().closing()));
    try {
      FormFields.onFields(request, UTF_8, MAX_FIELDS, MAX_BYTES, new Received(form));
    } catch (RuntimeException tooLong) {
      form.failed(tooLong);
    }
  }

  /** Takes the form when it has come. */
  private record Received(Promise<Fields> form) implements Promise.Invocable<Fields> {

    @Override
    public void succeeded(Fields fields) {
      form.succeeded(fields);
    }

    @Override
    public void failed(Throwable failure) {
      form.failed(failure);
    }
  }

  private static Answer answer(Fields form) {
    return answer(form.getValue(STATEMENT));
  }

  private static Answer answer(@Nullable String statement) {
    return statement != null && CREATE.matcher(statement).matches()
        ? DONE
        : Answer.error(403, "This server takes points only; ask the database.");
  }

  private static Answer unread() {
    return Answer.error(400, "The form could not be read.");
  }
}
