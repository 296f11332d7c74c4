package salt.cli.output;

import java.util.List;
import java.util.Map;
import salt.common.payload.PythonOrder;
import salt.common.payload.PythonText;

/** What Salt shows of minions that did not return: their ids and why. */
final class NoReturnOutputter implements Outputter {
  private static final int STEP = 4;

  @Override
  public String render(Object data, OutputOptions options) {
    StringBuilder out = new StringBuilder();
    show(out, options.palette(), data, 0);
    return out.toString();
  }

  private static void show(StringBuilder out, Palette palette, Object value, int indent) {
    String blanks = " ".repeat(indent);
    if (value instanceof String text) {
      for (String line : text.split("\n", -1)) {
        out.append(palette.paint(Color.RED, blanks + line)).append('\n');
      }
    } else if (value instanceof Map<?, ?> map) {
      List<Object> keys =
          PythonOrder.sorted(map.keySet())
              .orElseThrow(() -> new UnfitData("the keys have no order"));
      for (Object key : keys) {
        out.append(palette.paint(Color.CYAN, blanks + PythonText.str(key))).append(":\n");
        show(out, palette, map.get(key), indent + STEP);
      }
    }
  }
}
