package io.datapoints.connect.http;

import io.datapoints.connect.http.protocol.Answer;
import io.datapoints.connect.http.protocol.Protocol;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers in the door's form what the server itself refuses, such as headers without end. */
final class ErrorAnswers implements Request.Handler {

  private final Responder responder;
  private final Protocol protocol;

  ErrorAnswers(Responder responder, Protocol protocol) {
    this.responder = responder;
    this.protocol = protocol;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status =
        request.getAttribute(ErrorHandler.ERROR_STATUS) instanceof Integer given
            ? given
            : response.getStatus();
    int code = status < HttpStatus.BAD_REQUEST_400 ? HttpStatus.INTERNAL_SERVER_ERROR_500 : status;
    Answer answer = Answer.error(code, HttpStatus.getMessage(code) + ".");
    responder.write(request, response, callback, answer.closing(), protocol);
    return true;
  }
}
