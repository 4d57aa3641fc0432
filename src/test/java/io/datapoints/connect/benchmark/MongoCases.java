package io.datapoints.connect.benchmark;

import io.datapoints.connect.kit.Servers;
import java.nio.file.Path;

final class MongoCases {
  MongoCases(BenchmarkSettings settings, Servers servers, Path archive, Report report) {}

  void run() {}
}
