package salt.minion.grain;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.pattern.Glob;
import salt.common.yaml.Yaml;
import salt.common.yaml.YamlProblem;

/**
 * Collects the grains of the machine that this process runs on: facts that are found out, those of
 * the file {@code grains} beside the configuration, and those of the option {@code grains}, of
 * which later ones win. {@code grains_blacklist} takes away all but those of the option; {@code
 * grains_deep_merge} merges maps instead of replacing them.
 *
 * <p>Grains about Python ({@code pythonversion}, {@code pythonpath}, {@code pythonexecutable}) and
 * {@code zmqversion} do not exist here.
 */
public final class Grains {
  private static final Logger LOG = LoggerFactory.getLogger(Grains.class);

  private final Options options;
  private final Machine machine;

  /** The grains by a minion's options. */
  public Grains(Options options) {
    this(options, new Machine(Path.of("/"), System.getenv()));
  }

  Grains(Options options, Machine machine) {
    this.options = options;
    this.machine = machine;
  }

  /** Collects all grains anew. */
  public Map<String, Object> collect() {
    Map<String, Object> grains = new LinkedHashMap<>();
    grains.putAll(new ProcessGrains(machine, options).collect());
    grains.putAll(new NetworkGrains(machine, options).collect());
    grains.putAll(new KernelGrains(machine).collect());
    grains.putAll(new DistributionGrains(machine).collect());
    grains.putAll(new HardwareGrains(machine, options).collect());
    grains.putAll(new FirmwareGrains(machine).collect());
    grains.putAll(new VirtualGrains(machine).collect());
    if (options.flag("grain_opts")) {
      grains.put("opts", options.asMap());
    }
    lay(grains, ofFile());
    grains.keySet().removeIf(this::blacklisted);
    lay(grains, options.map("grains"));
    return grains;
  }

  private Map<?, ?> ofFile() {
    String configuration = options.text("conf_file");
    Path folder = configuration == null ? null : Path.of(configuration).getParent();
    if (folder == null) {
      return Map.of();
    }
    String file = folder.resolve("grains").toString();
    try {
      Object loaded = machine.text(file).map(Yaml::load).orElse(null);
      return loaded instanceof Map<?, ?> grains ? grains : Map.of();
    } catch (YamlProblem problem) {
      LOG.warn("the grains of {} are left out: {}", file, problem.getMessage());
      return Map.of();
    }
  }

  private void lay(Map<String, Object> grains, Map<?, ?> upper) {
    boolean deep = Boolean.TRUE.equals(options.any("grains_deep_merge"));
    upper.forEach(
        (name, value) -> {
          String key = String.valueOf(name);
          grains.put(key, deep ? merged(grains.get(key), value) : value);
        });
  }

  private static Object merged(Object below, Object above) {
    if (!(below instanceof Map<?, ?> lower) || !(above instanceof Map<?, ?> upper)) {
      return above;
    }
    Map<Object, Object> merged = new LinkedHashMap<>(lower);
    upper.forEach((key, value) -> merged.put(key, merged(merged.get(key), value)));
    return merged;
  }

  private boolean blacklisted(String name) {
    List<?> blocked = options.list("grains_blacklist");
    return blocked.stream().anyMatch(pattern -> matches(String.valueOf(pattern), name));
  }

  /** A pattern is a glob or a regular expression for the whole name. */
  private static boolean matches(String pattern, String name) {
    if (Glob.of(pattern).matches(name)) {
      return true;
    }
    try {
      return Pattern.matches(pattern, name);
    } catch (PatternSyntaxException notRegex) {
      return false;
    }
  }
}
