package io.datapoints.connect.store.mongodb;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a MongoDB in this process, which can be told how the next commands go. It lists a
 * time-series collection as one, though it keeps an ordinary one. Thread-safe.
 */
public final class ScriptedBackend extends MemoryBackend {

  private static final Set<String> WRITES = Set.of("update", "insert");

  private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> commands = new ConcurrentHashMap<>();
  private final Map<String, Document> timeSeries = new ConcurrentHashMap<>();
  private final Set<String> lost = ConcurrentHashMap.newKeySet();
  private final AtomicLong writtenBytes = new AtomicLong();
  private volatile boolean router;

  /** How one command goes instead of well. */
  public interface Fault {

    /** The answer, given what would carry out a command. */
    Document answer(Document command, Command carriedOut);

    /** The operations at these indexes fail with these codes, and the others are carried out. */
    static Fault operations(Map<Integer, Document> errors) {
      return (command, carriedOut) -> {
        List<Document> healthy = new ArrayList<>();
        List<Document> written = new ArrayList<>();
        List<Document> updates = documents(command, "updates");
        for (int i = 0; i < updates.size(); i++) {
          Document error = errors.get(i);
          if (error == null) {
            healthy.add(updates.get(i));
          } else {
            written.add(error.clone().append("index", i));
          }
        }
        Document rest = command.clone();
        rest.put("updates", healthy);
        Document answer = carriedOut.run(rest);
        // Its places are those of the shortened list.
        answer.remove("upserted");
        answer.put("writeErrors", written);
        return answer;
      };
    }

    /** The whole command fails, and nothing is carried out. */
    static Fault command(int code, String... labels) {
      return (command, carriedOut) ->
          error(code).append("errorLabels", List.of(labels)).append("ok", 0.0);
    }

    /** Everything is carried out, and too few members confirm it. */
    static Fault writeConcern(int code) {
      return (command, carriedOut) ->
          carriedOut.run(command).append("writeConcernError", error(code));
    }

    private static Document error(int code) {
      return new Document("code", code).append("errmsg", "a secret value was not liked");
    }
  }

  /** Carries out a command. */
  public interface Command {
    Document run(Document command);
  }

  /** The next command of this name goes like this; several follow one another. */
  public void next(String command, Fault fault) {
    faults.computeIfAbsent(command, first -> new ConcurrentLinkedQueue<>()).add(fault);
  }

  /** From now on new clients take it for the router of a sharded cluster. */
  public void becomeRouter() {
    router = true;
  }

  /** How many commands of this name came. */
  public long commands(String command) {
    AtomicLong count = commands.get(command);
    return count == null ? 0 : count.get();
  }

  /** Bytes of all messages with writes, headers included. */
  long writtenBytes() {
    return writtenBytes.get();
  }

  @Override
  public Document handleMessage(MongoMessage message) {
    if (WRITES.contains(message.getDocument().keySet().iterator().next())) {
      writtenBytes.addAndGet(message.getHeader().getTotalLength());
    }
    return super.handleMessage(message);
  }

  /** Ends the connection that the next command of this name comes on, once it is carried out. */
  void loseAnswer(String command) {
    lost.add(command);
  }

  @Override
  public Document handleCommand(Channel channel, String database, String name, Document command) {
    commands.computeIfAbsent(name, first -> new AtomicLong()).incrementAndGet();
    Queue<Fault> waiting = faults.get(name);
    Fault fault = waiting == null ? null : waiting.poll();
    Command carriedOut = given -> carryOut(channel, database, name, given);
    Document answer = fault == null ? carriedOut.run(command) : fault.answer(command, carriedOut);
    if (router && name.equalsIgnoreCase("isMaster")) {
      answer.put("msg", "isdbgrid");
    }
    if (lost.remove(name)) {
      channel.close().syncUninterruptibly();
    }
    return answer;
  }

  private Document carryOut(Channel channel, String database, String name, Document command) {
    Document answer = super.handleCommand(channel, database, name, command);
    if (name.equals("create") && command.containsKey("timeseries")) {
      timeSeries.put(database + "." + command.get("create"), command);
    } else if (name.equals("listCollections")) {
      for (Document listed : documents(answer.get("cursor"), "firstBatch")) {
        describe(database, listed);
      }
    }
    return answer;
  }

  public static List<Document> documents(@Nullable Object holder, String field) {
    if (holder instanceof Document document && document.get(field) instanceof List<?> list) {
      return list.stream().map(Document.class::cast).toList();
    }
    throw new IllegalArgumentException("no list " + field);
  }

  private void describe(String database, Document listed) {
    Document created = timeSeries.get(database + "." + listed.get("name"));
    if (created != null) {
      listed.put("type", "timeseries");
      Document options = new Document("timeseries", created.get("timeseries"));
      if (created.containsKey("expireAfterSeconds")) {
        options.put("expireAfterSeconds", created.get("expireAfterSeconds"));
      }
      listed.put("options", options);
    }
  }
}
