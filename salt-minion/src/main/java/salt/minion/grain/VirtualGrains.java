package salt.minion.grain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the machine is a virtual one or a container. Most is read from files; {@code
 * systemd-detect-virt} is asked only when they say that there is a hypervisor, but not which.
 */
final class VirtualGrains {
  /** What a hypervisor's firmware says, and the grain. */
  private static final List<List<String>> PRODUCTS =
      List.of(
          List.of("VirtualBox", "VirtualBox"),
          List.of("VMware", "VMware"),
          List.of("Amazon EC2", "Nitro"),
          List.of("Google", "gce"),
          List.of("BHYVE", "bhyve"),
          List.of("Virtual Machine", "VirtualPC"),
          List.of("Parallels", "Parallels"),
          List.of("HVM domU", "xen"),
          List.of("RHEV Hypervisor", "kvm"),
          List.of("oVirt", "kvm"),
          List.of("OpenStack", "kvm"),
          List.of("KVM", "kvm"),
          List.of("QEMU", "kvm"),
          List.of("Bochs", "kvm"),
          List.of("SeaBIOS", "kvm"));

  private static final Map<String, String> SUBTYPES =
      Map.of(
          "RHEV Hypervisor", "rhev",
          "oVirt", "ovirt",
          "HVM domU", "Xen HVM DomU",
          "Amazon EC2", "Amazon EC2");

  private static final Map<String, String> CONTAINERS =
      Map.of("lxc", "LXC", "lxc-libvirt", "LXC", "docker", "Docker", "podman", "Podman");

  private final Machine machine;
  private final Map<String, Object> grains = new LinkedHashMap<>();

  VirtualGrains(Machine machine) {
    this.machine = machine;
  }

  Map<String, Object> collect(Map<String, Object> hardware) {
    grains.put("virtual", "physical");
    if (!container()) {
      hypervisor(hardware);
    }
    xen();
    openVz();
    cgroup();
    if (grains.containsKey("virtual_subtype") && grains.get("virtual").equals("physical")) {
      grains.put("virtual", "virtual");
    }
    return grains;
  }

  private boolean container() {
    String environment = "\0" + machine.text("/proc/1/environ").orElse("");
    int start = environment.indexOf("\0container=");
    String named =
        start < 0 ? "" : environment.substring(start + "\0container=".length()).split("\0", 2)[0];
    String kind = machine.text("/run/systemd/container").orElse(named);
    if (kind.isEmpty() && machine.exists("/run/.containerenv")) {
      kind = "podman";
    } else if (kind.isEmpty() && machine.exists("/.dockerenv")) {
      kind = "docker";
    }
    if (kind.equals("systemd-nspawn")) {
      grains.put("virtual", "systemd-nspawn");
    } else if (CONTAINERS.containsKey(kind)) {
      is("container", CONTAINERS.get(kind));
    }
    return !grains.get("virtual").equals("physical");
  }

  private void is(String virtual, String subtype) {
    grains.put("virtual", virtual);
    if (subtype != null) {
      grains.put("virtual_subtype", subtype);
    }
  }

  private void hypervisor(Map<String, Object> hardware) {
    StringBuilder words = new StringBuilder();
    for (String file : List.of("sys_vendor", "product_name", "board_vendor", "bios_vendor")) {
      words.append(machine.text("/sys/class/dmi/id/" + file).orElse("")).append('\n');
    }
    for (List<String> product : PRODUCTS) {
      if (words.indexOf(product.get(0)) >= 0) {
        is(product.get(1), SUBTYPES.get(product.get(0)));
        return;
      }
    }
    if (hardware.get("cpu_flags") instanceof List<?> flags && flags.contains("hypervisor")) {
      ask();
    }
  }

  private void ask() {
    String found = machine.output("systemd-detect-virt").orElse("");
    switch (found) {
      case "qemu", "kvm", "oracle", "xen", "bochs", "chroot", "uml" -> is(found, null);
      case "vmware" -> is("VMware", null);
      case "microsoft" -> is("VirtualPC", null);
      case "amazon" -> is("Nitro", "Amazon EC2");
      default -> {}
    }
  }

  private void xen() {
    if (!machine.exists("/proc/xen") && !machine.exists("/sys/bus/xen")) {
      return;
    }
    String capabilities = machine.text("/proc/xen/capabilities").orElse("");
    if (machine.exists("/proc/xen/xsd_kva") || capabilities.contains("control_d")) {
      is("xen", "Xen Dom0");
    } else if ("Xen HVM DomU".equals(grains.get("virtual_subtype"))) {
      grains.put("virtual", "xen");
    } else if (machine.exists("/proc/xen/capabilities")
        || machine.exists("/sys/bus/xen/drivers/xenconsole")) {
      is("xen", "Xen PV DomU");
    }
  }

  private void openVz() {
    if (machine.exists("/proc/vz/version")) {
      grains.put("virtual", "openvzhn");
    } else if (machine.exists("/proc/vz/veinfo")) {
      grains.put("virtual", "openvzve");
    }
  }

  private void cgroup() {
    String groups = machine.text("/proc/1/cgroup").orElse("");
    if (groups.contains(":/lxc/")) {
      is("container", "LXC");
    } else if (groups.contains(":/kubepods/")) {
      grains.put("virtual_subtype", "kubernetes");
    } else if (groups.contains(":/libpod_parent/")) {
      grains.put("virtual_subtype", "libpod");
    } else if (groups.contains(":/system.slice/docker")
        || groups.contains(":/docker/")
        || groups.contains(":/docker-ce/")) {
      is("container", "Docker");
    }
  }
}
