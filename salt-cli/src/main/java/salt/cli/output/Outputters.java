package salt.cli.output;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.payload.PythonText;

/** Chooses an outputter by Salt's rules and shows data with it. */
public final class Outputters {
  private static final Logger LOG = LoggerFactory.getLogger(Outputters.class);
  private static final String FALLBACK = "nested";

  private Outputters() {}

  /**
   * The text that shows {@code data}, without blanks and ends of line at its end.
   *
   * <p>The option {@code output} (what {@code --out} sets) wins over {@code name}, unless it says
   * highstate. Data that does not fit the outputter is shown by the nested one, as are all data
   * when there is no outputter of that name.
   *
   * @param name the outputter that the function asks for, the {@code out} of a return; null or
   *     empty when it asks for none
   */
  public static String render(String name, Object data, OutputOptions options) {
    Outputter chosen = find(choose(name, options));
    return stripEnd(fitting(chosen, data, options));
  }

  private static String fitting(Outputter chosen, Object data, OutputOptions options) {
    try {
      return chosen.render(data, options);
    } catch (UnfitData unfit) {
      LOG.debug("The outputter cannot show this: {}", unfit.getMessage());
      return new NestedOutputter().render(data, options);
    }
  }

  private static String choose(String name, OutputOptions options) {
    String option = options.text("output", "");
    String chosen = option.isEmpty() || option.equals("highstate") ? name : option;
    if (chosen == null || chosen.isEmpty()) {
      chosen = options.flag("static", false) ? forStatic(options, option) : FALLBACK;
    }
    return chosen;
  }

  /** With {@code --static} no return names its outputter, so that the function has to. */
  private static String forStatic(OutputOptions options, String option) {
    if (!option.isEmpty()) {
      return option;
    }
    boolean state = options.text("fun", "").split("\\.", 2)[0].equals("state");
    return state ? "highstate" : FALLBACK;
  }

  private static Outputter find(String name) {
    return switch (name) {
      case "highstate" -> new HighstateOutputter();
      case "json" -> new JsonOutputter();
      case "key" -> new KeyOutputter();
      case "nested" -> new NestedOutputter();
      case "newline_values_only" -> new NewlineValuesOnlyOutputter();
      case "no_return" -> new NoReturnOutputter();
      case "overstatestage" -> new OverstateStageOutputter();
      case "pprint" -> new PprintOutputter();
      case "profile" -> new ProfileOutputter();
      case "quiet" -> (data, options) -> "";
      case "raw" -> (data, options) -> PythonText.str(data);
      case "table" -> new TableOutputter();
      case "txt", "text" -> new TxtOutputter();
      case "virt_query" -> new VirtQueryOutputter();
      case "yaml" -> new YamlOutputter();
      default -> unknown(name);
    };
  }

  /** Old minions still ask for an outputter named grains, so that is no error. */
  private static Outputter unknown(String name) {
    if (!name.equals("grains")) {
      LOG.error("Invalid outputter {} specified, falling back to nested", name);
    }
    return new NestedOutputter();
  }

  private static String stripEnd(String text) {
    int end = text.length();
    while (end > 0 && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** What Python takes for white space. */
  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }
}
