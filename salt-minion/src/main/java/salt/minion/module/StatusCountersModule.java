package salt.minion.module;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;

/** Tells what the kernel has counted: work of processors, disks and the network. */
@ExecutionModule("status")
final class StatusCountersModule {
  private static final List<String> PROCESSOR =
      List.of("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal");
  private static final List<String> DISK =
      List.of(
          "reads_issued",
          "reads_merged",
          "sectors_read",
          "ms_spent_reading",
          "writes_completed",
          "writes_merged",
          "sectors_written",
          "ms_spent_writing",
          "io_in_progress",
          "ms_spent_in_io",
          "weighted_ms_spent_in_io");
  private static final List<String> INTERFACE =
      List.of(
          "rx_bytes",
          "rx_packets",
          "rx_errs",
          "rx_drop",
          "rx_fifo",
          "rx_frame",
          "rx_compressed",
          "rx_multicast",
          "tx_bytes",
          "tx_packets",
          "tx_errs",
          "tx_drop",
          "tx_fifo",
          "tx_colls",
          "tx_carrier",
          "tx_compressed");

  private final KernelFiles kernel;

  StatusCountersModule() {
    this(new KernelFiles(Path.of("/proc")));
  }

  private StatusCountersModule(KernelFiles kernel) {
    this.kernel = kernel;
  }

  /** The module that reads these files instead of the kernel's. */
  static StatusCountersModule of(KernelFiles kernel) {
    return new StatusCountersModule(kernel);
  }

  /**
   * Returns what the kernel counts of the processors: the time spent on each kind of work, of each
   * processor that on programs, and interrupts.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.cpustats
   * }</pre>
   */
  @Exposed
  Map<String, Object> cpustats() throws IOException {
    Map<String, Object> counters = new LinkedHashMap<>();
    for (List<String> words : kernel.words("stat")) {
      String name = words.get(0);
      if (name.equals("cpu")) {
        counters.put(name, new TreeMap<>(named(PROCESSOR, words, 1)));
      } else if (name.equals("intr") || name.equals("softirq")) {
        Map<String, Object> interrupts = new LinkedHashMap<>();
        interrupts.put("total", KernelFiles.number(words.get(1)));
        interrupts.put(name.equals("intr") ? "irqs" : "softirqs", numbers(words, 2));
        counters.put(name, interrupts);
      } else {
        counters.put(name, KernelFiles.number(words.get(1)));
      }
    }
    return counters;
  }

  /**
   * Returns what the kernel counts of each disk and partition.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.diskstats
   * }</pre>
   */
  @Exposed
  Map<String, Object> diskstats() throws IOException {
    Map<String, Object> disks = new LinkedHashMap<>();
    for (List<String> words : kernel.words("diskstats")) {
      if (words.size() >= 3 + DISK.size()) {
        Map<String, Object> disk = new LinkedHashMap<>();
        disk.put("major", KernelFiles.number(words.get(0)));
        disk.put("minor", KernelFiles.number(words.get(1)));
        disk.put("device", words.get(2));
        disk.putAll(named(DISK, words, 3));
        disks.put(words.get(2), disk);
      }
    }
    return disks;
  }

  /**
   * Returns what the kernel counts of its network protocols.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.netstats
   * }</pre>
   */
  @Exposed
  Map<String, Object> netstats() throws IOException {
    Map<String, Object> protocols = new LinkedHashMap<>();
    List<String> names = List.of("");
    for (List<String> words : kernel.words("net/netstat")) {
      if (words.get(0).equals(names.get(0))) {
        List<String> counters = names.subList(1, Math.min(names.size(), words.size()));
        protocols.put(words.get(0).replaceFirst(":$", ""), named(counters, words, 1));
      } else {
        names = words;
      }
    }
    return protocols;
  }

  /**
   * Returns what the kernel counts of each network interface.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' status.netdev
   * }</pre>
   */
  @Exposed
  Map<String, Object> netdev() throws IOException {
    Map<String, Object> interfaces = new LinkedHashMap<>();
    for (String line : kernel.lines("net/dev")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        List<String> words = List.of(line.substring(colon + 1).strip().split("\\s+"));
        Map<String, Object> counters = new LinkedHashMap<>();
        counters.put("iface", line.substring(0, colon).strip());
        counters.putAll(new TreeMap<>(named(INTERFACE, words, 0)));
        interfaces.put(line.substring(0, colon).strip(), counters);
      }
    }
    return interfaces;
  }

  private static Map<String, Object> named(List<String> names, List<String> words, int from) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < names.size() && from + i < words.size(); i++) {
      named.put(names.get(i), KernelFiles.number(words.get(from + i)));
    }
    return named;
  }

  private static List<Object> numbers(List<String> words, int from) {
    return words.subList(from, words.size()).stream().map(KernelFiles::number).toList();
  }
}
