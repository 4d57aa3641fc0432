package io.datapoints.connect.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A connection on which a test says byte by byte what it wants. */
final class RawConnection implements AutoCloseable {

  /** Against hanging, no expectation. */
  private static final int READ_TIMEOUT_MS = 60_000;

  private final Socket socket;
  private final InputStream in;

  /**
   * An answer.
   *
   * @param headers by their names in lower case
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Answered(int status, Map<String, List<String>> headers, byte[] bytes) {

    String body() {
      return new String(bytes, UTF_8);
    }

    @Nullable String header(String name) {
      List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
      return values == null ? null : values.get(0);
    }
  }

  RawConnection(URI address) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), address.getPort()));
  }

  RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(READ_TIMEOUT_MS);
    this.in = socket.getInputStream();
  }

  RawConnection send(String text) throws IOException {
    return send(text.getBytes(UTF_8));
  }

  RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** A whole POST of a body, with more headers, each with its line end. */
  RawConnection post(String path, String headers, byte[] body) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(
        ("POST " + path + " HTTP/1.1\r\nHost: door\r\nContent-Length: " + body.length + "\r\n")
            .getBytes(ISO_8859_1));
    request.writeBytes((headers + "\r\n").getBytes(ISO_8859_1));
    request.writeBytes(body);
    return send(request.toByteArray());
  }

  RawConnection post(String body) throws IOException {
    return post("/api/v1/datapoints", "", body.getBytes(UTF_8));
  }

  /** A request without a body. */
  RawConnection request(String method, String path, String headers) throws IOException {
    return send(method + " " + path + " HTTP/1.1\r\nHost: door\r\n" + headers + "\r\n");
  }

  /** The next answer; null if the connection ended before its first byte. */
  @Nullable Answered answerOrEnd() throws IOException {
    String first;
    try {
      first = line();
    } catch (SocketException reset) {
      return null;
    }
    if (first == null) {
      return null;
    }
    int status = Integer.parseInt(first.split(" ", 3)[1]);
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(); line != null && !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(line.substring(colon + 1).trim());
    }
    List<String> length = headers.getOrDefault("content-length", List.of("0"));
    byte[] body = in.readNBytes(Integer.parseInt(length.get(0)));
    return new Answered(status, headers, body);
  }

  /** The next answer, which must come. */
  Answered answer() throws IOException {
    Answered answer = answerOrEnd();
    if (answer == null) {
      throw new IOException("the connection ended without an answer");
    }
    return answer;
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toString(ISO_8859_1).stripTrailing();
      }
      line.write(next);
    }
    return line.size() == 0 ? null : line.toString(ISO_8859_1);
  }

  /** Waits for the end of the connection, whatever comes before. */
  boolean ends() throws IOException {
    try {
      while (in.read() >= 0) {
        // What came before.
      }
    } catch (SocketException reset) {
      return true;
    }
    return true;
  }

  /** From here nothing more comes. */
  RawConnection finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
