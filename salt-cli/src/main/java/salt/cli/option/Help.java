package salt.cli.option;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of a program, laid out by Picocli. */
public final class Help {
  private static final int WIDTH = 80;

  private Help() {}

  /**
   * The whole help, ending in a line end. Options that Salt has but this release refuses are not in
   * it.
   */
  public static String of(OptionTable table) {
    CommandSpec spec = CommandSpec.create().name(table.program());
    // Picocli's own synopsis is longer than Salt's, which scripts and people know.
    Map<String, picocli.CommandLine.IHelpSectionRenderer> sections =
        Map.of(
            UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING, help -> "",
            UsageMessageSpec.SECTION_KEY_SYNOPSIS, help -> table.usageLine() + "\n\n");
    spec.usageMessage()
        .width(WIDTH)
        .sortOptions(false)
        .description(escaped(table.description()))
        .footer(
            "%nA list of all options with their meaning in Salt is in Salt's own documentation.");
    for (int index = 0; index < table.groups().size(); index++) {
      OptionTable.Group group = table.groups().get(index);
      if (group.options().stream().anyMatch(Option::available)) {
        spec.addArgGroup(group(group, index));
      }
    }
    picocli.CommandLine line = new picocli.CommandLine(spec);
    line.getHelpSectionMap().putAll(sections);
    return line.getUsageMessage(Ansi.OFF);
  }

  private static ArgGroupSpec group(OptionTable.Group group, int order) {
    ArgGroupSpec.Builder builder =
        ArgGroupSpec.builder()
            .validate(false)
            .order(order)
            .heading("%n" + escaped(group.title()) + ":%n");
    int index = 0;
    for (Option option : group.options()) {
      if (option.available()) {
        builder.addArg(spec(option, index++));
      }
    }
    return builder.build();
  }

  private static OptionSpec spec(Option option, int order) {
    List<String> names = option.names();
    return OptionSpec.builder(names.toArray(String[]::new))
        .order(order)
        .arity(option.action().takesValue() ? "1" : "0")
        .type(option.action().takesValue() ? String.class : boolean.class)
        .paramLabel(option.metavar())
        .description(escaped(option.help()))
        .build();
  }

  /** Picocli formats texts: a percent sign is doubled. */
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }
}
