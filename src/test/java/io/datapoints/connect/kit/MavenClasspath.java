package io.datapoints.connect.kit;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/**
 * Turns Maven coordinates into the jar files of a run-time classpath, through the user's own
 * settings (mirrors, proxies, credentials) and local repository, so that a server under test comes
 * from where the build's dependencies come from. Safe for use by several threads; an answer is
 * remembered for as long as this instance lives.
 *
 * <p>System property {@code datapoints.localRepository} names the local repository when the build
 * runs on one that the settings file does not know.
 */
public final class MavenClasspath implements AutoCloseable {

  private final Context context;
  private final Map<Request, List<Path>> resolved = new ConcurrentHashMap<>();

  /** Opens the user's Maven environment. */
  public MavenClasspath() {
    ContextOverrides.Builder overrides = ContextOverrides.create().withUserSettings(true);
    String localRepository = System.getProperty("datapoints.localRepository", "");
    if (!localRepository.isEmpty()) {
      overrides.withLocalRepositoryOverride(Path.of(localRepository));
    }
    this.context = Runtimes.INSTANCE.getRuntime().create(overrides.build());
  }

  /** {@link #resolve(List, List)} with nothing left out. */
  public List<Path> resolve(String... coordinates) {
    return resolve(List.of(coordinates), List.of());
  }

  /**
   * The jars of these artifacts and of everything they need at run time, in classpath order.
   *
   * @param coordinates {@code group:artifact[:extension[:classifier]]:version}; of two versions of
   *     one artifact the nearer wins, and between equals the earlier
   * @param exclusions {@code group:artifact} of what is left out wherever it appears; the artifact
   *     may be {@code *}
   * @throws IllegalStateException if one of them cannot be resolved; the message names it
   */
  public List<Path> resolve(List<String> coordinates, List<String> exclusions) {
    return resolved.computeIfAbsent(
        new Request(List.copyOf(coordinates), List.copyOf(exclusions)), this::fetch);
  }

  /**
   * The one jar on this classpath that belongs to the artifact.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Path jar(List<Path> classpath, String artifact) {
    return classpath.stream()
        .filter(path -> path.getFileName().toString().matches(artifact + "-\\d.*\\.jar"))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no jar of " + artifact));
  }

  /** The jar, or the directory of classes, that this class was loaded from. */
  static Path origin(Class<?> loaded) {
    try {
      return Path.of(loaded.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The version of the artifact whose jar this class was loaded from. */
  static String version(Class<?> loaded, String artifact) {
    String jar = origin(loaded).getFileName().toString();
    if (!jar.matches(artifact + "-\\d.*\\.jar")) {
      throw new IllegalStateException(loaded + " is not from " + artifact + " but from " + jar);
    }
    return jar.substring(artifact.length() + 1, jar.length() - ".jar".length());
  }

  private List<Path> fetch(Request request) {
    List<Exclusion> exclusions =
        request.exclusions().stream().map(MavenClasspath::exclusion).toList();
    CollectRequest collect = new CollectRequest().setRepositories(context.remoteRepositories());
    for (String coordinate : request.coordinates()) {
      collect.addDependency(
          new Dependency(new DefaultArtifact(coordinate), JavaScopes.RUNTIME, false, exclusions));
    }
    RepositorySystem system = context.repositorySystem();
    try {
      return system
          .resolveDependencies(
              context.repositorySystemSession(),
              new DependencyRequest(
                  collect, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME)))
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .filter(artifact -> artifact.getExtension().equals("jar"))
          .map(artifact -> artifact.getFile().toPath())
          .toList();
    } catch (DependencyResolutionException e) {
      throw new IllegalStateException("cannot resolve " + request.coordinates(), e);
    }
  }

  private static Exclusion exclusion(String groupAndArtifact) {
    int colon = groupAndArtifact.indexOf(':');
    return new Exclusion(
        groupAndArtifact.substring(0, colon), groupAndArtifact.substring(colon + 1), "*", "*");
  }

  @Override
  public void close() {
    context.close();
  }

  private record Request(List<String> coordinates, List<String> exclusions) {}
}
