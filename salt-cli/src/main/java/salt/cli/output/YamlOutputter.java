package salt.cli.output;

import salt.common.yaml.DumpStyle;
import salt.common.yaml.Yaml;

/** YAML in block style; a negative {@code output_indent} asks for one line. */
final class YamlOutputter implements Outputter {
  @Override
  public String render(Object data, OutputOptions options) {
    return Yaml.dump(data, style(options));
  }

  private static DumpStyle style(OutputOptions options) {
    if (!options.has("output_indent")) {
      return DumpStyle.BLOCK;
    } else if (options.any("output_indent") instanceof Number indent) {
      return indent.intValue() < 0
          ? DumpStyle.BLOCK.flowing(DumpStyle.Flow.ALWAYS)
          : DumpStyle.BLOCK.indentedBy(indent.intValue());
    }
    throw new UnfitData("output_indent must be a number");
  }
}
