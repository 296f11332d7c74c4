package salt.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import salt.common.payload.PythonText;
import salt.common.payload.Tuple;

/** The values without their keys, one on each line, items of lists apart. */
final class NewlineValuesOnlyOutputter implements Outputter {
  @Override
  public String render(Object data, OutputOptions options) {
    if (!(data instanceof Map<?, ?> map)) {
      throw new UnfitData("only the values of a map can be shown");
    }
    List<String> lines = new ArrayList<>();
    for (Object value : map.values()) {
      if (value instanceof List<?> items && !(value instanceof Tuple)) {
        items.forEach(item -> lines.add(PythonText.str(item)));
      } else {
        lines.add(PythonText.str(value));
      }
    }
    return String.join("\n", lines);
  }
}
