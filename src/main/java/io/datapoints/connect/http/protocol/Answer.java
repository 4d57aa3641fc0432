package io.datapoints.connect.http.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request is answered.
 *
 * @param headers beside those that all answers have
 * @param closes whether the connection ends with it
 */
public record Answer(int status, Content content, List<Header> headers, boolean closes) {

  /** A header of an answer. */
  public record Header(String name, String value) {}

  /** What an answer says. */
  public sealed interface Content {}

  /**
   * A body.
   *
   * @param type its content type, which is sent where there is no body as well, as in KairosDB
   * @param bytes empty for none; not changed any more
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Body(String type, byte[] bytes) implements Content {

    /** A body in UTF-8. */
    public static Body text(String type, String text) {
      return new Body(type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A body in JSON, with KairosDB's content type. */
    public static Body json(JsonText text) {
      return json(JSON, text);
    }

    /** A body in JSON. */
    static Body json(String type, JsonText text) {
      StringWriter written = new StringWriter();
      try (JsonGenerator json = FACTORY.createGenerator(written)) {
        text.write(json);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return text(type, written.toString());
    }
  }

  /** Reasons why the request was not done, in the form that its sender expects. */
  public record Errors(List<String> reasons) implements Content {}

  /** Writes a value of JSON. */
  @FunctionalInterface
  public interface JsonText {

    void write(JsonGenerator json) throws IOException;
  }

  /** KairosDB's content type. */
  public static final String JSON = "application/json;charset=utf-8";

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Without a body. */
  public static Answer empty(int status) {
    return text(status, JSON, "");
  }

  /** With a body in JSON. */
  public static Answer json(int status, String text) {
    return text(status, JSON, text);
  }

  /** With a body in JSON. */
  public static Answer json(int status, JsonText text) {
    return of(status, Body.json(text));
  }

  /** With a body. */
  public static Answer text(int status, String contentType, String text) {
    return of(status, Body.text(contentType, text));
  }

  /** With reasons. */
  public static Answer errors(int status, List<String> reasons) {
    return of(status, new Errors(reasons));
  }

  /** With a reason. */
  public static Answer error(int status, String reason) {
    return errors(status, List.of(reason));
  }

  static Answer of(int status, Content content) {
    return new Answer(status, content, List.of(), false);
  }

  /** The same with one more header. */
  public Answer with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Answer(status, content, List.copyOf(more), closes);
  }

  /** The same, and the connection ends with it. */
  public Answer closing() {
    return new Answer(status, content, headers, true);
  }

  /** The body, with reasons in the form of a protocol. */
  public Body body(Protocol protocol) {
    return content instanceof Errors errors
        ? protocol.errors(status, errors.reasons())
        : (Body) content;
  }
}
