package io.datapoints.connect.telnet;

import io.datapoints.connect.intake.Admission;
import io.datapoints.connect.intake.BodyEncoding;
import io.datapoints.connect.intake.Compression;
import io.datapoints.connect.intake.Intake;
import io.datapoints.connect.intake.Outcome;
import io.datapoints.connect.intake.Reservation;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Takes the commands of one sender on a thread of its own. What came is given to the intake until
 * it is stored; nothing more is read meanwhile, so that the sender is held back by TCP, which is
 * all that the protocol has. When the door closes, what has arrived is read first.
 */
final class TelnetConnection implements Runnable {

  /** How long a read waits, and so how soon an idle connection notices that the door closes. */
  private static final int PAUSE_MILLIS = 500;

  /** Before a batch that may not be stored is given to the intake again. */
  private static final long FIRST_PAUSE_MILLIS = 100;

  private static final long LAST_PAUSE_MILLIS = 5_000;

  private final Socket socket;
  private final Intake intake;
  private final String version;
  private final Rejections rejections;

  /** Counted down when the door closes. */
  private final CountDownLatch closing;

  TelnetConnection(
      Socket socket, Intake intake, String version, Rejections rejections, CountDownLatch closing) {
    this.socket = socket;
    this.intake = intake;
    this.version = version;
    this.rejections = rejections;
    this.closing = closing;
  }

  @Override
  public void run() {
    try (socket) {
      socket.setSoTimeout(PAUSE_MILLIS);
      socket.setKeepAlive(true);
      readBatches(new Lines(socket.getInputStream()));
    } catch (IOException broken) {
      rejections.connectionBroke();
    } catch (InterruptedException closed) {
      rejections.lost("The door closed before they were stored.");
      Thread.currentThread().interrupt();
    }
  }

  private void readBatches(Lines lines) throws IOException, InterruptedException {
    boolean open = true;
    while (open) {
      PutBatch batch = new PutBatch();
      open = fill(batch, lines);
      if (!batch.isEmpty()) {
        store(batch.body());
      }
    }
  }

  /** Adds what is there; false if that was the last. */
  private boolean fill(PutBatch batch, Lines lines) throws IOException {
    do {
      Lines.Line line = lines.next();
      if (line instanceof Lines.Line.End) {
        return false;
      } else if (line instanceof Lines.Line.Pause) {
        return closing.getCount() > 0;
      } else if (line instanceof Lines.Line.Unreadable unreadable) {
        rejections.add(unreadable.reason());
      } else {
        command(((Lines.Line.Text) line).text(), batch);
      }
    } while (lines.ready() && !batch.isFull());
    return true;
  }

  private void command(String line, PutBatch batch) throws IOException {
    List<String> words = Words.of(line);
    for (PutCommand command : PutCommand.values()) {
      if (command.isIn(words)) {
        batch.add(command, words);
        return;
      }
    }
    if (!words.isEmpty() && words.get(0).equals("version")) {
      socket.getOutputStream().write((version + "\n").getBytes(StandardCharsets.UTF_8));
    } else if (!words.isEmpty()) {
      rejections.add("A line starts with none of put, putm, puts and version.");
    }
  }

  /** Gives the body to the intake until it is stored, or the door's time is over. */
  private void store(byte[] body) throws InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    Outcome outcome = submit(body);
    while (outcome instanceof Outcome.Unavailable unavailable) {
      if (unavailable.cause() == Outcome.Cause.DRAINING) {
        rejections.lost(unavailable.reason());
        return;
      }
      TimeUnit.MILLISECONDS.sleep(pause);
      pause = Math.min(2 * pause, LAST_PAUSE_MILLIS);
      outcome = submit(body);
    }
    if (outcome instanceof Outcome.Rejected rejected) {
      rejected.reasons().forEach(rejections::add);
    } else if (!(outcome instanceof Outcome.Stored)) {
      rejections.lost("A batch of lines could not be read.");
    }
  }

  private Outcome submit(byte[] body) throws InterruptedException {
    Admission admission = intake.admit(body.length);
    if (!(admission instanceof Reservation reservation)) {
      return ((Admission.Refused) admission).why();
    }
    if (!reservation.charge(body.length)) {
      return intake.turnAway(reservation);
    }
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    intake.submit(
        reservation,
        body,
        body.length,
        BodyEncoding.ofKairosDb(Compression.NONE),
        answer::complete);
    try {
      return answer.get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
