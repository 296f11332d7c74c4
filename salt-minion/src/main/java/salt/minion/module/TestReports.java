package salt.minion.module;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import salt.common.daemon.Release;
import salt.common.loader.Call;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;

/** Functions that tell about the minion they run in. */
@ExecutionModule("test")
final class TestReports {
  /** Modules whose file in real Salt is not named as the module. */
  private static final Map<String, String> FILES = Map.of("cmd", "cmdmod", "sys", "sysmod");

  private final MinionContext context;

  TestReports(MinionContext context) {
    this.context = context;
  }

  /**
   * Returns the release of Salt that this minion behaves as.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.version
   * }</pre>
   */
  @Exposed
  String version() {
    return Release.SALT;
  }

  /**
   * Returns the versions of Salt, Java, the libraries and the system, by section.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.versions_information
   * }</pre>
   */
  @Exposed
  Map<String, Map<String, String>> versionsInformation() {
    return new Versions(context.grains()).information();
  }

  /**
   * Returns the versions of Salt, Java, the libraries and the system as one text.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.versions_report
   * }</pre>
   */
  @Exposed(aliases = "versions")
  String versionsReport() {
    return new Versions(context.grains()).report();
  }

  /**
   * Returns the value of the option {@code test.foo} as {@code config.option} finds it.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.conf_test
   * }</pre>
   */
  @Exposed
  Object confTest(Call call) {
    return context.functions().call("config.option", List.of("test.foo"), Map.of(), call);
  }

  /**
   * Returns the options that this minion runs with.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.get_opts
   * }</pre>
   */
  @Exposed
  Map<String, Object> getOpts() {
    return context.options().asMap();
  }

  /**
   * Returns the options that this minion runs with, and its grains under {@code grains}.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.opts_pkg
   * }</pre>
   */
  @Exposed
  Map<String, Object> optsPkg() {
    Map<String, Object> options = new LinkedHashMap<>(context.options().asMap());
    options.put("grains", context.grains());
    return options;
  }

  /**
   * Returns the name of the file that provides a module in real Salt; empty when there is no such
   * module.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.provider cmd
   * }</pre>
   */
  @Exposed
  String provider(String module) {
    return context.functions().modules().contains(module) ? FILES.getOrDefault(module, module) : "";
  }

  /**
   * Returns the modules by the names of the files that provide them in real Salt.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.providers
   * }</pre>
   */
  @Exposed
  Map<String, String> providers() {
    Map<String, String> providers = new TreeMap<>();
    context.functions().modules().forEach(module -> providers.put(provider(module), module));
    return providers;
  }

  /**
   * Returns the modules that can't be used on this machine.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.not_loaded
   * }</pre>
   */
  @Exposed
  List<String> notLoaded() {
    return List.of();
  }

  /**
   * Returns how functions and modules can be reached.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.module_report
   * }</pre>
   */
  @Exposed
  Map<String, List<String>> moduleReport() {
    List<String> names = List.copyOf(context.functions().names());
    Map<String, List<String>> report = new LinkedHashMap<>();
    report.put("functions", names);
    for (String kind : List.of("function_attrs", "function_subs", "modules", "module_attrs")) {
      report.put(kind, List.of());
    }
    report.put("missing_attrs", names);
    report.put("missing_subs", names);
    return report;
  }

  /**
   * Returns the grains, as found by a call from one module into another.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.attr_call
   * }</pre>
   */
  @Exposed
  Object attrCall(Call call) {
    return context.functions().call("grains.items", List.of(), Map.of(), call);
  }

  /**
   * Returns the stack of calls that this function is called from.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.stack
   * }</pre>
   */
  @Exposed
  String stack() {
    StringBuilder stack = new StringBuilder();
    for (StackTraceElement frame : new Throwable().getStackTrace()) {
      String line = "  File \"%s\", line %d, in %s\n";
      String text =
          line.formatted(frame.getFileName(), frame.getLineNumber(), frame.getMethodName());
      stack.insert(0, text);
    }
    return stack.toString();
  }
}
