package io.datapoints.connect.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What it takes to start a Java program as a process of its own. Each {@code with} method answers a
 * changed copy.
 *
 * @param name what the process is called in messages and file names
 * @param mainClass the class whose {@code main} runs
 * @param classpath jars and directories in order
 * @param flags flags of the virtual machine
 * @param arguments arguments of {@code main}
 * @param directory working directory, which exists; the log {@code <name>.log} lies in it too
 * @param javaHome the Java that runs it
 */
public record JvmCommand(
    String name,
    String mainClass,
    List<Path> classpath,
    List<String> flags,
    List<String> arguments,
    Path directory,
    Path javaHome) {

  /** Takes copies of the lists. */
  public JvmCommand {
    classpath = List.copyOf(classpath);
    flags = List.copyOf(flags);
    arguments = List.copyOf(arguments);
  }

  /** A command without flags and arguments, for the Java that runs this. */
  public JvmCommand(String name, String mainClass, List<Path> classpath, Path directory) {
    this(
        name,
        mainClass,
        classpath,
        List.of(),
        List.of(),
        directory,
        Path.of(System.getProperty("java.home")));
  }

  /** With another Java, for programs that do not run on this one. */
  JvmCommand withJavaHome(Path other) {
    return new JvmCommand(name, mainClass, classpath, flags, arguments, directory, other);
  }

  /** With these flags after those it has. */
  public JvmCommand withFlags(List<String> more) {
    List<String> all = new ArrayList<>(flags);
    all.addAll(more);
    return new JvmCommand(name, mainClass, classpath, all, arguments, directory, javaHome);
  }

  /** With these flags after those it has. */
  public JvmCommand withFlags(String... more) {
    return withFlags(List.of(more));
  }

  /** With these arguments after those it has. */
  public JvmCommand withArguments(String... more) {
    List<String> all = new ArrayList<>(arguments);
    Collections.addAll(all, more);
    return new JvmCommand(name, mainClass, classpath, flags, all, directory, javaHome);
  }

  /** Where the process writes its standard output and error; a restart appends. */
  public Path log() {
    return directory.resolve(name + ".log");
  }

  /**
   * The command line, with everything but the launcher in an argument file: the classpath of a
   * server is longer than a command line may be on some systems.
   */
  List<String> line() throws IOException {
    List<String> words = new ArrayList<>(flags);
    words.add("-cp");
    words.add(
        classpath.stream()
            .map(Path::toString)
            .collect(Collectors.joining(System.getProperty("path.separator"))));
    words.add(mainClass);
    words.addAll(arguments);
    Path file = directory.resolve(name + ".args");
    Files.write(file, words.stream().map(JvmCommand::quoted).toList());
    return List.of(javaHome.resolve("bin").resolve("java").toString(), "@" + file);
  }

  private static String quoted(String word) {
    return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
