package io.datapoints.connect.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The built archive with one jar more in its lib directory: that of the auditor. */
public final class AuditedArchive {

  private static final Class<?>[] CLASSES = {
    AuditedConnector.class, AuditedTask.class, CassandraAuditor.class, CassandraAuditor.Cell.class
  };

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
      for (Class<?> each : CLASSES) {
        String name = each.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new ZipEntry(name));
        try (InputStream content = each.getClassLoader().getResourceAsStream(name)) {
          if (content == null) {
            throw new IOException("No class file " + name);
          }
          content.transferTo(jar);
        }
      }
      jar.putNextEntry(
          new ZipEntry("META-INF/services/org.apache.kafka.connect.sink.SinkConnector"));
      jar.write(AuditedConnector.class.getName().getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
