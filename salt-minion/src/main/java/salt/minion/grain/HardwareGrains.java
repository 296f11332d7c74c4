package salt.minion.grain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.common.config.Options;

/** Processors, memory, disks and graphics. */
final class HardwareGrains {
  private static final long KIB_PER_MIB = 1024;
  private static final String DISKS = "/sys/block";

  /** What processors are called by in {@code /proc/cpuinfo}, surest first. */
  private static final List<String> MODEL = List.of("model name", "cpu", "Processor", "vendor_id");

  private static final List<String> FLAGS = List.of("flags", "Features");

  private final Machine machine;
  private final Options options;

  HardwareGrains(Machine machine, Options options) {
    this.machine = machine;
    this.options = options;
  }

  Map<String, Object> collect() {
    Map<String, Object> grains = new LinkedHashMap<>(processors());
    Map<String, String> memory = new LinkedHashMap<>();
    machine.lines("/proc/meminfo").forEach(line -> put(memory, line));
    grains.put("mem_total", mebibytes(memory.get("MemTotal")));
    grains.put("swap_total", mebibytes(memory.get("SwapTotal")));
    grains.put("disks", disks("1"));
    grains.put("ssds", disks("0"));
    List<Object> devices = graphics();
    grains.put("num_gpus", (long) devices.size());
    grains.put("gpus", devices);
    return grains;
  }

  /** Keeps a line of a name, a colon and a value; later lines win. */
  private static void put(Map<String, String> values, String line) {
    int colon = line.indexOf(':');
    if (colon >= 0) {
      values.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
  }

  private Map<String, Object> processors() {
    List<String> lines = machine.lines("/proc/cpuinfo");
    Map<String, String> values = new LinkedHashMap<>();
    lines.forEach(line -> put(values, line));
    Map<String, Object> grains = new LinkedHashMap<>();
    grains.put("num_cpus", lines.stream().filter(HardwareGrains::isProcessor).count());
    grains.put("cpu_model", first(values, MODEL).map(HardwareGrains::model).orElse("Unknown"));
    grains.put(
        "cpu_flags",
        first(values, FLAGS)
            .filter(flags -> !flags.isEmpty())
            .map(flags -> List.of(flags.split("\\s+", -1)))
            .orElse(List.of()));
    return grains;
  }

  /** Whether a line starts a processor: {@code processor : 0}, or {@code processor 0: ...}. */
  private static boolean isProcessor(String line) {
    return line.matches("[Pp]rocessor(\\s.*)?:.*");
  }

  private static Optional<String> first(Map<String, String> values, List<String> names) {
    return names.stream().filter(values::containsKey).findFirst().map(values::get);
  }

  /**
   * As in Salt, a name ends at a colon, and old ARM processors are named without their revision.
   */
  private static String model(String text) {
    return text.split(":", 2)[0].replaceFirst("-compatible processor.*", "").strip();
  }

  private static long mebibytes(String kibibytes) {
    String digits = kibibytes == null ? "" : kibibytes.replaceFirst("\\D.*", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits) / KIB_PER_MIB;
  }

  /**
   * The disks that are, or are not, spinning; what the kernel makes up of others is none.
   *
   * @param rotational the kernel's word for it
   */
  private List<String> disks(String rotational) {
    List<String> disks = new ArrayList<>();
    for (String name : machine.names(DISKS)) {
      Optional<String> known = machine.text(DISKS + "/" + name + "/queue/rotational");
      if (known.filter(rotational::equals).isPresent()
          && machine.exists(DISKS + "/" + name)
          && !isMadeUp(name)) {
        disks.add(name);
      }
    }
    return disks;
  }

  private boolean isMadeUp(String disk) {
    return machine.target(DISKS + "/" + disk).filter(to -> to.contains("/virtual/")).isPresent();
  }

  private List<Object> graphics() {
    boolean wanted = !Boolean.FALSE.equals(options.any("enable_gpu_grains"));
    return wanted ? new GraphicsDevices(machine).list() : List.of();
  }
}
