package salt.cli.output;

import java.util.List;
import java.util.Map;
import salt.common.payload.PythonText;

/** The stages of an overstate. */
final class OverstateStageOutputter implements Outputter {
  @Override
  public String render(Object data, OutputOptions options) {
    if (!(data instanceof List<?> stages)) {
      throw new UnfitData("stages are a list");
    }
    Palette palette = options.palette();
    StringBuilder out = new StringBuilder();
    for (Object stage : stages) {
      map(stage)
          .forEach(
              (name, settings) -> {
                out.append(line(palette, "", name + ": "));
                map(settings)
                    .forEach(
                        (key, value) ->
                            out.append(line(palette, "    ", key + ": " + PythonText.str(value))));
              });
    }
    return out.toString();
  }

  private static String line(Palette palette, String indent, String text) {
    return indent + palette.paint(Color.LIGHT_BLUE, text) + "\n";
  }

  private static Map<?, ?> map(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new UnfitData("a stage is a map");
  }
}
