package salt.minion.grain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Graphics cards and other accelerators on the PCI bus. */
final class GraphicsDevices {
  private static final Map<String, String> VENDORS =
      Map.of(
          "10de", "nvidia",
          "1002", "amd",
          "1022", "amd",
          "8086", "intel",
          "15ad", "vmware",
          "102b", "matrox",
          "1a03", "aspeed");

  /** Classes of VGA-compatible, 3D, other display controllers and accelerators. */
  private static final List<String> CLASSES = List.of("0x0300", "0x0302", "0x0380", "0x1200");

  private static final int CLASS_LENGTH = "0x0300".length();
  private static final String BUS = "/sys/bus/pci/devices";

  private final Machine machine;

  GraphicsDevices(Machine machine) {
    this.machine = machine;
  }

  List<Object> list() {
    List<Object> devices = new ArrayList<>();
    for (String slot : machine.names(BUS)) {
      String kind = read(slot, "class");
      if (kind.length() >= CLASS_LENGTH && CLASSES.contains(kind.substring(0, CLASS_LENGTH))) {
        devices.add(device(number(slot, "vendor"), number(slot, "device")));
      }
    }
    return devices;
  }

  private Map<String, Object> device(String vendor, String device) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("vendor", VENDORS.getOrDefault(vendor, "unknown"));
    entry.put("model", model(vendor, device));
    return entry;
  }

  private String read(String slot, String file) {
    return machine.text(BUS + "/" + slot + "/" + file).orElse("");
  }

  private String number(String slot, String file) {
    return read(slot, file).replaceFirst("^0x", "");
  }

  /** The name that the list of known devices has. */
  private String model(String vendor, String device) {
    List<String> known =
        List.of("/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids").stream()
            .filter(machine::exists)
            .limit(1)
            .flatMap(file -> machine.lines(file).stream())
            .dropWhile(line -> !line.startsWith(vendor + "  "))
            .skip(1)
            .takeWhile(line -> line.startsWith("\t") || line.startsWith("#"))
            .collect(Collectors.toList());
    String prefix = "\t" + device + "  ";
    return known.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .findFirst()
        .orElse("Device " + device);
  }
}
