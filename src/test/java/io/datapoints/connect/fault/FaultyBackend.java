package io.datapoints.connect.fault;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** An emulator's memory, in which updates go wrong as a {@link WriteFault} says. Thread-safe. */
final class FaultyBackend extends MemoryBackend {

  private final AtomicLong errors = new AtomicLong();
  private volatile WriteFault fault = WriteFault.NONE;

  /** From now on. */
  void fault(WriteFault next) {
    fault = next;
  }

  /** How many errors were answered so far. */
  long errors() {
    return errors.get();
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    if (!command.equals("update")) {
      return super.handleCommand(channel, database, command, query);
    }
    WriteFault now = fault;
    int whole = now.ofCommand();
    if (whole != 0) {
      return error(whole).append("ok", 0.0);
    }
    Document answer = update(channel, database, query, now);
    int concern = now.ofWriteConcern();
    if (concern != 0) {
      answer.append("writeConcernError", error(concern));
    }
    return answer;
  }

  private Document error(int code) {
    errors.incrementAndGet();
    return new Document("code", code).append("errmsg", "injected");
  }

  /** Carries out the operations without an error, and answers for all of them. */
  private Document update(Channel channel, String database, Document query, WriteFault now) {
    List<Document> healthy = new ArrayList<>();
    List<Integer> indexes = new ArrayList<>();
    List<Document> errors = new ArrayList<>();
    int index = 0;
    for (Object each : (List<?>) Objects.requireNonNull(query.get("updates"))) {
      Document operation = (Document) each;
      int code = now.ofOperation((Document) Objects.requireNonNull(operation.get("q")));
      if (code == 0) {
        healthy.add(operation);
        indexes.add(index);
      } else {
        errors.add(error(code).append("index", index));
      }
      index++;
    }
    Document rest = query.clone();
    rest.put("updates", healthy);
    Document answer = super.handleCommand(channel, database, "update", rest);
    errors.addAll(0, atPlace(answer, "writeErrors", indexes));
    if (!errors.isEmpty()) {
      answer.put("writeErrors", errors);
    }
    if (answer.containsKey("upserted")) {
      answer.put("upserted", atPlace(answer, "upserted", indexes));
    }
    return answer;
  }

  /** Entries whose indexes are those of the command as it came. */
  private static List<Document> atPlace(Document answer, String field, List<Integer> indexes) {
    List<Document> placed = new ArrayList<>();
    if (answer.get(field) instanceof List<?> entries) {
      for (Object entry : entries) {
        Document moved = ((Document) entry).clone();
        moved.put("index", indexes.get((Integer) Objects.requireNonNull(moved.get("index"))));
        placed.add(moved);
      }
    }
    return placed;
  }
}
