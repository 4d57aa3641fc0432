package io.datapoints.connect.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.kafka.connect.sink.SinkConnector;

/** The built archive with one jar more in its lib directory: that of the auditor. */
public final class AuditedArchive {

  private static final List<Class<? extends SinkConnector>> CONNECTORS =
      List.of(AuditedCassandraConnector.class, AuditedMongoConnector.class);

  private static final String PACKAGE =
      AuditedArchive.class.getPackageName().replace('.', '/') + "/";

  private AuditedArchive() {}

  /** Writes the archive beside the given one and returns its path. */
  public static Path of(Path archive, Path directory) {
    Path audited = directory.resolve("audited.zip");
    try {
      Files.createDirectories(directory);
      try (ZipFile source = new ZipFile(archive.toFile());
          ZipOutputStream target = new ZipOutputStream(Files.newOutputStream(audited))) {
        String root = source.entries().nextElement().getName().split("/", 2)[0];
        for (ZipEntry entry : source.stream().filter(each -> !each.isDirectory()).toList()) {
          target.putNextEntry(new ZipEntry(entry.getName()));
          try (InputStream content = source.getInputStream(entry)) {
            content.transferTo(target);
          }
        }
        target.putNextEntry(new ZipEntry(root + "/lib/auditor.jar"));
        target.write(jar());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return audited;
  }

  private static byte[] jar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      for (Path each : classFiles()) {
        jar.putNextEntry(new ZipEntry(PACKAGE + each.getFileName()));
        Files.copy(each, jar);
      }
      jar.putNextEntry(
          new ZipEntry("META-INF/services/org.apache.kafka.connect.sink.SinkConnector"));
      jar.write(
          CONNECTORS.stream()
              .map(Class::getName)
              .collect(Collectors.joining("\n"))
              .getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** The class files of this package. */
  private static List<Path> classFiles() throws IOException {
    URL here = Objects.requireNonNull(AuditedArchive.class.getResource("AuditedArchive.class"));
    try (Stream<Path> files = Files.list(Path.of(here.toURI()).resolveSibling("."))) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
