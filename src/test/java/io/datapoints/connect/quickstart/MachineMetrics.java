package io.datapoints.connect.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;

/** What this machine does right now. For use by one thread. */
final class MachineMetrics {

  private static final int WEEK = 7 * 24 * 3600;

  private final HardwareAbstractionLayer hardware;
  private final String host;
  private final List<HWDiskStore> disks;
  private final List<NetworkIF> networks;
  private long[][] ticks;
  private long last;

  MachineMetrics() {
    SystemInfo system = new SystemInfo();
    this.hardware = system.getHardware();
    this.host = system.getOperatingSystem().getNetworkParams().getHostName();
    this.disks = hardware.getDiskStores();
    this.networks = hardware.getNetworkIFs();
    this.ticks = hardware.getProcessor().getProcessorCpuLoadTicks();
  }

  /**
   * All series at one instant.
   *
   * @param now milliseconds since the epoch; a sample always is later than the one before it, so
   *     that none replaces another
   */
  List<Point> sample(long now) {
    last = Math.max(now, last + 1);
    List<Point> points = new ArrayList<>();
    processor(points);
    memory(points);
    disks(points);
    networks(points);
    return points;
  }

  private void processor(List<Point> points) {
    CentralProcessor processor = hardware.getProcessor();
    double[] loads = processor.getProcessorCpuLoadBetweenTicks(ticks);
    ticks = processor.getProcessorCpuLoadTicks();
    for (int core = 0; core < loads.length; core++) {
      Map<String, String> tags = Map.of("host", host, "core", Integer.toString(core));
      points.add(Point.ofDouble("machine.cpu.load", tags, last, loads[core], WEEK));
    }
    double average = processor.getSystemLoadAverage(1)[0];
    // Negative where the system does not know it.
    if (average >= 0) {
      points.add(Point.ofDouble("machine.load.average", Map.of("host", host), last, average, WEEK));
    }
  }

  private void memory(List<Point> points) {
    GlobalMemory memory = hardware.getMemory();
    long available = memory.getAvailable();
    add(points, "machine.memory.bytes", "state", "available", available);
    add(points, "machine.memory.bytes", "state", "used", memory.getTotal() - available);
  }

  private void disks(List<Point> points) {
    for (HWDiskStore disk : disks) {
      if (disk.updateAttributes()) {
        add(points, "machine.disk.read.bytes", "disk", disk.getName(), disk.getReadBytes());
        add(points, "machine.disk.written.bytes", "disk", disk.getName(), disk.getWriteBytes());
      }
    }
  }

  private void networks(List<Point> points) {
    for (NetworkIF network : networks) {
      if (network.updateAttributes()) {
        String name = network.getName();
        add(points, "machine.network.received.bytes", "interface", name, network.getBytesRecv());
        add(points, "machine.network.sent.bytes", "interface", name, network.getBytesSent());
      }
    }
  }

  private void add(List<Point> points, String name, String tag, String tagValue, long value) {
    points.add(Point.ofLong(name, Map.of("host", host, tag, tagValue), last, value, WEEK));
  }
}
