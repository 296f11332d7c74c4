package salt.minion.grain;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether this is a virtual machine or a container, and of which kind: {@code virtual} and {@code
 * virtual_subtype}. Witnesses are asked in turn, those that cost a program last; what they say is
 * looked up in the table {@code virtual.txt}.
 */
final class VirtualGrains {
  private static final String FIRMWARE = "/sys/class/dmi/id/";
  private static final Kind PHYSICAL = new Kind("physical", "");

  private final Machine machine;
  private final FactTable table = FactTable.read("virtual.txt");

  VirtualGrains(Machine machine) {
    this.machine = machine;
  }

  /**
   * What a machine turned out to be.
   *
   * @param virtual the grain {@code virtual}
   * @param subtype the grain {@code virtual_subtype}; empty when there is none
   */
  private record Kind(String virtual, String subtype) {
    static Kind parse(String text) {
      String[] parts = text.split(", ", 2);
      return new Kind(parts[0], parts.length < 2 ? "" : parts[1]);
    }

    Map<String, Object> grains() {
      Map<String, Object> grains = new LinkedHashMap<>();
      grains.put("virtual", virtual);
      if (!subtype.isEmpty()) {
        grains.put("virtual_subtype", subtype);
      }
      return grains;
    }
  }

  Map<String, Object> collect() {
    Optional<Kind> found = witnesses().map(Supplier::get).flatMap(Optional::stream).findFirst();
    if (controlGroups().contains("/kubepods/")) {
      // Salt has no name of its own for what runs the pod.
      return new Kind(found.map(Kind::virtual).orElse("virtual"), "kubernetes").grains();
    }
    return found.orElse(PHYSICAL).grains();
  }

  private Stream<Supplier<Optional<Kind>>> witnesses() {
    return Stream.of(
        () -> look("container", managers(), String::equals),
        () -> look("cgroup", List.of(controlGroups()), String::contains),
        () -> look("marker", table.section("marker").keySet(), this::exists),
        () -> look("product", List.of(firmware("product_name")), String::contains),
        this::xen,
        this::openVz,
        () -> look("processor", List.of(processors()), String::contains),
        () -> look("program", words("systemd-detect-virt"), String::equals),
        () -> look("program", words("virt-what"), String::equals),
        () -> look("firmware", List.of(makers()), String::contains));
  }

  /**
   * The first kind of a section that something found belongs to.
   *
   * @param fits whether what was found, which comes first, is what the table names
   */
  private Optional<Kind> look(
      String section, Iterable<String> found, BiPredicate<String, String> fits) {
    for (Map.Entry<String, String> fact : table.section(section).entrySet()) {
      for (String one : found) {
        if (fits.test(one, fact.getKey())) {
          return Optional.of(Kind.parse(fact.getValue()));
        }
      }
    }
    return Optional.empty();
  }

  private boolean exists(String file, String name) {
    return file.equals(name) && machine.exists(file);
  }

  /** The names that a container's manager gave itself. */
  private List<String> managers() {
    Stream<String> variable =
        Arrays.stream(machine.text("/proc/1/environ").orElse("").split("\0", -1))
            .filter(assignment -> assignment.startsWith("container="))
            .map(assignment -> assignment.substring("container=".length()));
    Stream<String> files =
        Stream.of("/run/systemd/container", "/run/host/container-manager")
            .flatMap(file -> machine.text(file).stream());
    return Stream.concat(variable, files).toList();
  }

  private String controlGroups() {
    return machine.text("/proc/1/cgroup").orElse("");
  }

  private String processors() {
    return machine.text("/proc/cpuinfo").orElse("");
  }

  private String firmware(String name) {
    return machine.text(FIRMWARE + name).orElse("");
  }

  private String makers() {
    return Stream.of("sys_vendor", "product_name", "board_vendor", "bios_vendor")
        .map(this::firmware)
        .collect(Collectors.joining("\n"));
  }

  private List<String> words(String program) {
    return machine.output(program).orElse("").lines().map(String::strip).toList();
  }

  /** Xen shows itself by its own file system, or by its drivers. */
  private Optional<Kind> xen() {
    boolean drivers = machine.exists("/sys/bus/xen/drivers/xenconsole");
    if (!drivers && !machine.exists("/proc/xen")) {
      return Optional.empty();
    }
    boolean control =
        machine.text("/proc/xen/capabilities").orElse("").contains("control_d")
            || machine.exists("/proc/xen/xsd_kva");
    boolean hardware = firmware("product_name").contains("HVM domU");
    String guest = hardware ? "Xen HVM DomU" : "Xen PV DomU";
    return Optional.of(new Kind("xen", control ? "Xen Dom0" : guest));
  }

  /** OpenVZ's kernel counts the environments: 0 is the host. */
  private Optional<Kind> openVz() {
    return machine.lines("/proc/self/status").stream()
        .filter(line -> line.startsWith("envID:"))
        .map(line -> line.substring("envID:".length()).strip())
        .map(environment -> new Kind(environment.equals("0") ? "openvzhn" : "openvzve", ""))
        .findFirst();
  }
}
