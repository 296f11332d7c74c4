package salt.cli.output;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import salt.common.payload.PythonOrder;
import salt.common.payload.PythonText;

/** The keys that {@code salt-key} lists, by their states. */
final class KeyOutputter implements Outputter {
  private static final Map<String, State> STATES =
      Map.of(
          "minions", new State("Accepted Keys:", Color.LIGHT_GREEN, Color.GREEN),
          "minions_pre", new State("Unaccepted Keys:", Color.LIGHT_RED, Color.RED),
          "minions_denied", new State("Denied Keys:", Color.LIGHT_MAGENTA, Color.MAGENTA),
          "minions_rejected", new State("Rejected Keys:", Color.LIGHT_BLUE, Color.BLUE),
          "local", new State("Local Keys:", Color.LIGHT_MAGENTA, Color.MAGENTA));

  /** How the keys of one state are shown. */
  private record State(String title, Color head, Color body) {}

  @Override
  public String render(Object data, OutputOptions options) {
    if (!(data instanceof Map<?, ?> states)) {
      throw new UnfitData("keys are shown by their states");
    }
    Palette palette = options.palette();
    String indent = options.flag("__multi_key", false) ? "    " : "";
    StringJoiner lines = new StringJoiner("\n");
    for (Object name : sorted(states)) {
      State state = STATES.get(PythonText.str(name));
      if (state == null) {
        throw new UnfitData("there is no state of keys named " + PythonText.str(name));
      }
      lines.add(indent + palette.paint(state.head(), state.title()));
      for (String line : lines(states.get(name), options.stripsColors())) {
        lines.add(indent + palette.paint(state.body(), line));
      }
    }
    return lines.toString();
  }

  private static List<String> lines(Object keys, boolean strip) {
    if (keys instanceof Map<?, ?> map) {
      return sorted(map).stream()
          .map(id -> clean(id, strip) + ":  " + clean(map.get(id), strip))
          .toList();
    } else if (keys instanceof List<?> ids) {
      return PythonOrder.sorted(ids)
          .orElseThrow(() -> new UnfitData("the ids have no order"))
          .stream()
          .map(id -> clean(id, strip))
          .toList();
    } else if (keys == null) {
      throw new UnfitData("there are no keys");
    }
    return List.of();
  }

  private static List<Object> sorted(Map<?, ?> map) {
    return PythonOrder.sorted(map.keySet())
        .orElseThrow(() -> new UnfitData("the keys have no order"));
  }

  private static String clean(Object text, boolean strip) {
    String plain = PythonText.str(text);
    return strip ? NestedOutputter.withoutEscapes(plain) : plain;
  }
}
