package io.datapoints.connect.learning;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The CQL files of the case, loaded as cqlsh loads them. */
public final class LearningSchema {

  /** The keyspace that the files create. */
  public static final String KEYSPACE = "learning_analytics";

  private static final Pattern COMMENT = Pattern.compile("--.*");

  private final Path directory;

  /**
   * @param directory where the files are
   */
  public LearningSchema(Path directory) {
    this.directory = directory;
  }

  /**
   * Creates keyspace and tables.
   *
   * @param keyspace file that creates the keyspace
   */
  public void load(CqlSession session, String keyspace) throws IOException {
    for (String each : statements(keyspace)) {
      session.execute(each);
    }
    for (String each : statements("tables.cql")) {
      session.execute(within(each));
    }
  }

  /** A statement whose tables are those of the keyspace. */
  static SimpleStatement within(String cql) {
    return SimpleStatement.newInstance(cql).setKeyspace(KEYSPACE);
  }

  /** The statements of a file, none of which has a semicolon or two hyphens in a text. */
  List<String> statements(String file) throws IOException {
    String cql = COMMENT.matcher(Files.readString(directory.resolve(file))).replaceAll("");
    return Arrays.stream(cql.split(";", -1))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }
}
