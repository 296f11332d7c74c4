package salt.cli.output;

import java.util.Map;
import salt.common.payload.PythonText;

/** Virtual machines by hypervisor, as the runner virt.query reports them. */
final class VirtQueryOutputter implements Outputter {
  private static final Map<?, ?> NOTHING = Map.of();

  @Override
  public String render(Object data, OutputOptions options) {
    StringBuilder out = new StringBuilder();
    for (Map.Entry<?, ?> hypervisor : map(map(data).get("data")).entrySet()) {
      out.append(PythonText.str(hypervisor.getKey())).append('\n');
      for (Map.Entry<?, ?> machine : map(map(hypervisor.getValue()).get("vm_info")).entrySet()) {
        out.append("  ").append(PythonText.str(machine.getKey())).append('\n');
        show(out, PythonText.str(hypervisor.getKey()), map(machine.getValue()));
      }
    }
    return out.toString();
  }

  private static void show(StringBuilder out, String hypervisor, Map<?, ?> machine) {
    field(out, "    CPU: ", machine, "cpu");
    field(out, "    Memory: ", machine, "mem");
    field(out, "    State: ", machine, "state");
    Map<?, ?> graphics = map(machine.get("graphics"));
    if ("vnc".equals(graphics.get("type"))) {
      field(out, "    Graphics: vnc - " + hypervisor + ":", graphics, "port");
    }
    for (Map.Entry<?, ?> disk : map(machine.get("disks")).entrySet()) {
      out.append("    Disk - ").append(PythonText.str(disk.getKey())).append(":\n");
      field(out, "      Size: ", map(disk.getValue()), "disk size");
      field(out, "      File: ", map(disk.getValue()), "file");
      field(out, "      File Format: ", map(disk.getValue()), "file format");
    }
    for (Map.Entry<?, ?> nic : map(machine.get("nics")).entrySet()) {
      out.append("    Nic - ").append(PythonText.str(nic.getKey())).append(":\n");
      map(map(nic.getValue()).get("source")).values().stream()
          .limit(1)
          .forEach(
              source -> out.append("      Source: ").append(PythonText.str(source)).append('\n'));
      field(out, "      Type: ", map(nic.getValue()), "type");
    }
  }

  private static void field(StringBuilder out, String title, Map<?, ?> map, String name) {
    if (map.containsKey(name)) {
      out.append(title).append(PythonText.str(map.get(name))).append('\n');
    }
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : NOTHING;
  }
}
