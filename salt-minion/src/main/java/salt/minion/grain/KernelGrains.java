package salt.minion.grain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kernel: its name, release and parameters, and what started first on it. */
final class KernelGrains {
  private static final Map<String, String> MACHINES =
      Map.of("amd64", "x86_64", "x86", "i686", "arm", "armv7l");

  private final Machine machine;

  KernelGrains(Machine machine) {
    this.machine = machine;
  }

  Map<String, Object> collect() {
    Map<String, Object> grains = new LinkedHashMap<>();
    grains.put("kernelparams", parameters());
    grains.put("kernel", machine.text("/proc/sys/kernel/ostype").orElse("Linux"));
    grains.put("nodename", machine.text("/proc/sys/kernel/hostname").orElse("localhost"));
    grains.put("kernelrelease", machine.text("/proc/sys/kernel/osrelease").orElse(""));
    grains.put("kernelversion", machine.text("/proc/sys/kernel/version").orElse(""));
    grains.put("cpuarch", architecture());
    if (machine.program("selinuxenabled").isPresent()) {
      grains.put("selinux", selinux());
    }
    if (machine.program("systemctl").isPresent() && machine.program("localectl").isPresent()) {
      grains.put("systemd", systemd());
    }
    grains.put("init", init());
    return grains;
  }

  String architecture() {
    String java = System.getProperty("os.arch");
    return machine.text("/proc/sys/kernel/arch").orElseGet(() -> MACHINES.getOrDefault(java, java));
  }

  private List<Object> parameters() {
    List<Object> parameters = new ArrayList<>();
    for (String word : words(machine.text("/proc/cmdline").orElse(""))) {
      String[] parts = word.split("=", -1);
      String value = parts.length == 2 ? parts[1] : null;
      parameters.add(Arrays.asList(parts[0], value));
    }
    return parameters;
  }

  /** The words of a command line; blanks between double quotes do not part them. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (char c : (line + " ").toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted || !Character.isWhitespace(c)) {
        word.append(c);
      } else if (word.length() > 0) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }

  private Map<String, Object> selinux() {
    Map<String, Object> selinux = new LinkedHashMap<>();
    String enforce = machine.text("/sys/fs/selinux/enforce").orElse(null);
    selinux.put("enabled", enforce != null);
    if (machine.program("getenforce").isPresent()) {
      String running = "1".equals(enforce) ? "Enforcing" : "Permissive";
      selinux.put("enforced", enforce == null ? "Disabled" : running);
    }
    return selinux;
  }

  private Map<String, Object> systemd() {
    List<String> lines = machine.output("systemctl", "--version").orElse("").lines().toList();
    Map<String, Object> systemd = new LinkedHashMap<>();
    boolean known = lines.size() > 1 && lines.get(0).startsWith("systemd ");
    systemd.put("version", known ? lines.get(0).split("\\s+", -1)[1] : "UNDEFINED");
    systemd.put("features", known ? lines.get(1) : "");
    return systemd;
  }

  private String init() {
    if (machine.exists("/run/systemd/system")) {
      return "systemd";
    }
    String commandLine = machine.text("/proc/1/cmdline").orElse("");
    List<String> words = Arrays.asList(commandLine.split("\0", -1));
    String program = words.get(0).substring(words.get(0).lastIndexOf('/') + 1);
    return switch (program) {
      case "systemd", "supervisord", "dumb-init", "tini", "runit" -> program;
      case "upstart" -> "upstart";
      case "init" -> machine.exists("/etc/inittab") ? "sysvinit" : "unknown";
      default -> words.contains("/sbin/my_init") ? "runit" : "unknown";
    };
  }
}
