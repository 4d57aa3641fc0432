package io.datapoints.connect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files of the built archive, read into memory. */
record PluginArchive(String topDirectory, Map<String, byte[]> files) {

  /** Reads the archive that the build names in a system property. */
  static PluginArchive ofTheBuild() throws IOException {
    Path path = Path.of(property("datapoints.archive"));
    try (InputStream zip = Files.newInputStream(path)) {
      String name = path.getFileName().toString();
      return new PluginArchive(name.substring(0, name.length() - ".zip".length()), unzip(zip));
    }
  }

  static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("Set the system property " + name);
    }
    return value;
  }

  /** A file below the top directory. */
  byte[] file(String path) {
    byte[] content = files.get(topDirectory + "/" + path);
    if (content == null) {
      throw new IllegalArgumentException("The archive has no " + path);
    }
    return content;
  }

  /** The names of the files directly in a directory below the top directory. */
  List<String> list(String directory) {
    String prefix = topDirectory + "/" + directory + "/";
    return files.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .filter(name -> name.indexOf('/') < 0)
        .sorted()
        .toList();
  }

  /** The files of a jar in the archive. */
  Map<String, byte[]> jar(String path) throws IOException {
    return unzip(new ByteArrayInputStream(file(path)));
  }

  private static Map<String, byte[]> unzip(InputStream content) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(content)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          files.put(entry.getName(), zip.readAllBytes());
        }
      }
    }
    return files;
  }
}
