package salt.minion.grain;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the firmware says of the machine: its maker, model and numbers as the kernel shows them, and
 * whether it started by EFI. Values are taken as they are, even those that a maker forgot to fill
 * in; some are readable by root only.
 */
final class FirmwareGrains {
  private static final String TABLE = "/sys/class/dmi/id/";
  private static final String TREE = "/proc/device-tree/";
  private static final String EFI = "/sys/firmware/efi/";
  private static final String SECURE_BOOT = "SecureBoot-";

  /** Where the value lies in a file of {@code efivars}: behind the attributes. */
  private static final int ATTRIBUTES = 4;

  /** The files of the firmware's table by grain. */
  private static final Map<String, String> VALUES =
      Map.of(
          "manufacturer", "sys_vendor",
          "productname", "product_name",
          "serialnumber", "product_serial",
          "uuid", "product_uuid",
          "boardname", "board_name",
          "biosvendor", "bios_vendor",
          "biosversion", "bios_version",
          "biosreleasedate", "bios_date");

  private final Machine machine;

  FirmwareGrains(Machine machine) {
    this.machine = machine;
  }

  Map<String, Object> collect() {
    Map<String, Object> grains = machine.exists(TABLE) ? ofTable() : ofTree();
    boolean secure = isSecure();
    grains.put("efi", machine.exists(EFI + "efivars") || machine.exists(EFI + "vars"));
    grains.put("efi-secure-boot", secure);
    return grains;
  }

  private Map<String, Object> ofTable() {
    Map<String, Object> grains = new LinkedHashMap<>();
    VALUES.forEach(
        (grain, file) ->
            machine
                .text(TABLE + file)
                .map(value -> grain.equals("uuid") ? value.toLowerCase(Locale.ROOT) : value)
                .ifPresent(value -> grains.put(grain, value)));
    return grains;
  }

  /** Small boards and Power have a tree of devices instead; its texts end with a zero byte. */
  private Map<String, Object> ofTree() {
    Map<String, Object> grains = new LinkedHashMap<>();
    machine.text(TREE + "system-id").ifPresent(id -> grains.put("serialnumber", bare(id)));
    machine.text(TREE + "serial-number").ifPresent(id -> grains.put("serialnumber", bare(id)));
    machine
        .text(TREE + "model")
        .map(model -> bare(model).split(",", 2))
        .ifPresent(
            parts -> {
              if (parts.length > 1) {
                grains.put("manufacturer", parts[0]);
              }
              grains.put("productname", parts[parts.length - 1]);
            });
    return grains;
  }

  private static String bare(String text) {
    return text.replace("\0", "").strip();
  }

  private boolean isSecure() {
    return Stream.of("efivars", "vars").anyMatch(folder -> isSecure(EFI + folder));
  }

  private boolean isSecure(String folder) {
    List<String> variables = machine.names(folder);
    return variables.stream()
        .filter(name -> name.startsWith(SECURE_BOOT))
        .anyMatch(
            name ->
                isOne(folder + "/" + name, ATTRIBUTES) || isOne(folder + "/" + name + "/data", 0));
  }

  private boolean isOne(String file, int place) {
    try {
      byte[] content = Files.readAllBytes(machine.path(file));
      return content.length > place && content[place] == 1;
    } catch (IOException unreadable) {
      return false;
    }
  }
}
