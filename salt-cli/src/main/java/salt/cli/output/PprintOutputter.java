package salt.cli.output;

import salt.common.payload.PythonText;

/** Python's pretty print. */
final class PprintOutputter implements Outputter {
  @Override
  public String render(Object data, OutputOptions options) {
    if (!options.has("output_indent")) {
      return PythonText.pretty(data, 1);
    } else if (options.any("output_indent") instanceof Number indent) {
      return PythonText.pretty(data, indent.intValue() < 0 ? 1 : indent.intValue());
    }
    throw new UnfitData("output_indent must be a number");
  }
}
