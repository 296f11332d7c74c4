package salt.minion.grain;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import salt.common.config.Options;

/** Processors, memory, disks, graphics, and what the firmware says about the machine. */
final class HardwareGrains {
  private static final long KIB_PER_MIB = 1024;

  /** Files of the kernel by grain. */
  private static final Map<String, String> FIRMWARE =
      Map.of(
          "biosversion", "bios_version",
          "biosvendor", "bios_vendor",
          "boardname", "board_name",
          "productname", "product_name",
          "manufacturer", "sys_vendor",
          "biosreleasedate", "bios_date",
          "uuid", "product_uuid",
          "serialnumber", "product_serial");

  /** What makers leave in the place of a value, by what they leave it in. */
  private static final List<String> ANYWHERE = List.of("to be filled", "unknown", "unspecified");

  private static final List<String> IN_NAMES =
      List.of("asset", "provided", "defined", "available", "present", "specified");
  private static final List<String> IN_NUMBERS =
      List.of("sernum", "partnum", "specified", "filled", "applicable");
  private static final List<String> IN_MAKERS =
      List.of("manufacturer", "to be filled", "available", "asset");

  private static final int UUID_DIGITS = 32;

  private final Machine machine;
  private final Options options;

  HardwareGrains(Machine machine, Options options) {
    this.machine = machine;
    this.options = options;
  }

  Map<String, Object> collect() {
    Map<String, Object> grains = new LinkedHashMap<>(processors());
    grains.putAll(memory());
    grains.putAll(disks());
    List<Object> graphics = graphics();
    grains.put("num_gpus", (long) graphics.size());
    grains.put("gpus", graphics);
    grains.putAll(deviceTree());
    grains.putAll(firmware());
    grains.putAll(efi());
    boolean zfs = machine.exists("/sys/module/zfs") && machine.program("zpool").isPresent();
    grains.put("zfs_support", zfs);
    grains.put("zfs_feature_flags", zfs);
    return grains;
  }

  private Map<String, Object> processors() {
    long number = 0;
    Map<String, Object> grains = new LinkedHashMap<>();
    grains.put("num_cpus", number);
    grains.put("cpu_model", "Unknown");
    grains.put("cpu_flags", List.of());
    for (String line : machine.lines("/proc/cpuinfo")) {
      int colon = line.indexOf(':');
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      switch (colon < 0 ? "" : line.substring(0, colon).strip()) {
        case "processor" -> number++;
        case "# processors" -> number = Long.parseLong(value);
        case "vendor_id", "model name", "cpu" -> grains.put("cpu_model", value);
        case "flags", "Features" -> grains.put("cpu_flags", Arrays.asList(value.split("\\s+", -1)));
        case "Processor" -> {
          grains.put("cpu_model", value.replaceFirst("-.*", ""));
          number = 1;
        }
        default -> {}
      }
    }
    grains.put("num_cpus", number);
    return grains;
  }

  private Map<String, Object> memory() {
    Map<String, Object> grains = new LinkedHashMap<>();
    grains.put("mem_total", 0L);
    grains.put("swap_total", 0L);
    for (String line : machine.lines("/proc/meminfo")) {
      String[] words = line.split("\\s+", -1);
      if (words[0].equals("MemTotal:")) {
        grains.put("mem_total", Long.parseLong(words[1]) / KIB_PER_MIB);
      } else if (words[0].equals("SwapTotal:")) {
        grains.put("swap_total", Long.parseLong(words[1]) / KIB_PER_MIB);
      }
    }
    return grains;
  }

  private Map<String, Object> disks() {
    List<Object> turning = new ArrayList<>();
    List<Object> solid = new ArrayList<>();
    for (String disk : machine.names("/sys/block")) {
      if (!isVirtual(disk)) {
        String rotational = machine.text("/sys/block/" + disk + "/queue/rotational").orElse("");
        if (rotational.equals("1")) {
          turning.add(disk);
        } else if (rotational.equals("0")) {
          solid.add(disk);
        }
      }
    }
    Map<String, Object> grains = new LinkedHashMap<>();
    grains.put("disks", turning);
    grains.put("ssds", solid);
    return grains;
  }

  private boolean isVirtual(String disk) {
    try {
      return Files.readSymbolicLink(machine.path("/sys/block/" + disk))
          .toString()
          .startsWith("../devices/virtual/");
    } catch (IOException notLink) {
      return true;
    }
  }

  /** Only where {@code lspci} is, as in Salt, though the kernel's files are read instead of it. */
  private List<Object> graphics() {
    boolean wanted =
        !Boolean.FALSE.equals(options.any("enable_lspci"))
            && !Boolean.FALSE.equals(options.any("enable_gpu_grains"));
    return wanted && machine.program("lspci").isPresent()
        ? new GraphicsDevices(machine).list()
        : List.of();
  }

  private Map<String, Object> deviceTree() {
    Map<String, Object> grains = new LinkedHashMap<>();
    String model = ofDeviceTree("model");
    if (!model.isEmpty()) {
      String[] parts = model.split(",", 2);
      if (parts.length == 2) {
        grains.put("manufacturer", parts[0]);
      }
      grains.put("productname", parts[parts.length - 1]);
    }
    for (String file : List.of("system-id", "serial-number")) {
      String serial = ofDeviceTree(file);
      if (!serial.isEmpty()) {
        grains.put("serialnumber", serial);
      }
    }
    return grains;
  }

  private String ofDeviceTree(String file) {
    return machine.text("/proc/device-tree/" + file).orElse("").replace("\0", "");
  }

  private Map<String, Object> firmware() {
    Map<String, Object> grains = new LinkedHashMap<>();
    FIRMWARE.forEach(
        (grain, file) -> {
          String value = machine.text("/sys/class/dmi/id/" + file).orElse("");
          if (isMeant(grain, value)) {
            grains.put(grain, grain.equals("uuid") ? value.toLowerCase(Locale.ROOT) : value);
          }
        });
    return grains;
  }

  /** Whether a value is more than what a maker left in the place of one. */
  static boolean isMeant(String grain, String value) {
    if (value.isEmpty() || value.toLowerCase(Locale.ROOT).startsWith("none")) {
      return false;
    }
    String low = value.toLowerCase(Locale.ROOT);
    return switch (grain) {
      case "uuid" -> isUuid(low);
      case "serialnumber", "biosversion" -> !isCounted(low) && !hasAny(low, IN_NUMBERS);
      case "manufacturer" -> !low.startsWith("not") && !hasAny(low, IN_MAKERS);
      default -> !hasAny(low, ANYWHERE) && !isDenied(low);
    };
  }

  private static boolean hasAny(String text, List<String> words) {
    String joined = text.replace("_", "").replace("-", "");
    return words.stream().anyMatch(word -> text.contains(word) || joined.contains(word));
  }

  private static boolean isUuid(String text) {
    String digits = text.replace("-", "");
    return digits.length() == UUID_DIGITS
        && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  /** Only zeros, or digits that were typed in their order. */
  private static boolean isCounted(String text) {
    boolean zeros = text.chars().allMatch(c -> c == '0');
    return zeros || text.startsWith("1234567") || text.startsWith("01234567");
  }

  /** Such as {@code Not Specified} or {@code No Asset Tag}. */
  private static boolean isDenied(String text) {
    return IN_NAMES.stream()
        .anyMatch(
            word -> Stream.of("no ", "not ", "none ").anyMatch(no -> text.contains(no + word)));
  }

  private Map<String, Object> efi() {
    Map<String, Object> grains = new LinkedHashMap<>();
    String variables = "/sys/firmware/efi/efivars";
    grains.put("efi", machine.exists(variables) || machine.exists("/sys/firmware/efi/vars"));
    grains.put("efi-secure-boot", hasSecureBoot(variables));
    return grains;
  }

  private boolean hasSecureBoot(String variables) {
    List<String> found =
        machine.names(variables).stream().filter(name -> name.startsWith("SecureBoot-")).toList();
    if (found.size() != 1) {
      return false;
    }
    try {
      byte[] content = Files.readAllBytes(machine.path(variables + "/" + found.get(0)));
      return content.length > 0 && content[content.length - 1] == 1;
    } catch (IOException notAllowed) {
      return false;
    }
  }
}
