package salt.common.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.config.OptionCatalog.Side;

/**
 * Loads the options of a master or minion: defaults, the main file, the files it includes, and what
 * Salt derives from them. Everything found wrong comes in one report; nothing is thrown for what an
 * operator wrote.
 */
public final class ConfigLoader {
  private static final String DEFAULT_FOLDER = "/etc/salt";

  private final OptionCatalog catalog;
  private final Surroundings surroundings;
  private final Set<String> withoutEffect;

  /**
   * A loader.
   *
   * @param catalog the known options
   * @param surroundings environment, user, host names
   * @param withoutEffect names of known options that the program does not act on; one that a file
   *     sets to something else than its default is reported as a warning. Commands, which report
   *     nothing of the kind, give an empty set.
   */
  public ConfigLoader(OptionCatalog catalog, Surroundings surroundings, Set<String> withoutEffect) {
    this.catalog = catalog;
    this.surroundings = surroundings;
    this.withoutEffect = Set.copyOf(withoutEffect);
  }

  /**
   * The configuration directory of a command.
   *
   * @param given the value of {@code -c}; null when not given: then {@code SALT_CONFIG_DIR}, then
   *     {@code /etc/salt}
   */
  public Path folder(String given) {
    String variable = surroundings.variable("SALT_CONFIG_DIR");
    String folder = given != null ? given : variable != null ? variable : DEFAULT_FOLDER;
    return Path.of(
        Paths.normalize(
            Paths.join(
                surroundings.workingDirectory().toString(), surroundings.expandHome(folder))));
  }

  /**
   * The options of a master, from {@code master} in that folder. A broken main file is fatal; a
   * broken included file is left out with a warning, as in Salt.
   */
  public LoadedConfig master(Path folder) {
    return new Run(Side.MASTER, false, false).load(folder, "master", "SALT_MASTER_CONFIG");
  }

  /**
   * The options of a minion, from {@code minion} in that folder. An id made from the host's names
   * is kept in {@code etc/salt/minion_id} under {@code root_dir}. A broken file is fatal, included
   * ones too.
   */
  public LoadedConfig minion(Path folder) {
    return new Run(Side.MINION, true, true).load(folder, "minion", "SALT_MINION_CONFIG");
  }

  /** The same for {@code salt-call}, which goes on without an included file that is broken. */
  public LoadedConfig caller(Path folder) {
    return new Run(Side.MINION, false, true).load(folder, "minion", "SALT_MINION_CONFIG");
  }

  /**
   * The options of a command on the master: those of the master, then of the user's own {@code
   * ~/.saltrc} (or {@code SALT_CLIENT_CONFIG}), {@code token_file}, {@code token} when that file
   * holds one that is not too old, and an {@code interface} one can connect to with the {@code
   * master_uri} made of it. To be quick no resolver is asked for the host's full name, so an {@code
   * id} made from it may lack the domain.
   */
  public LoadedConfig client(Path folder) {
    HostNames quick = new UnresolvedHostNames(surroundings.hostNames());
    return new ConfigLoader(catalog, surroundings.with(quick), withoutEffect).runner(folder);
  }

  /** The same for {@code salt-run}, whose returns carry the master's full {@code id}. */
  public LoadedConfig runner(Path folder) {
    return new ClientOptions(surroundings).complete(master(folder));
  }

  /** One load with what it has found. */
  private final class Run {
    private final Side side;
    private final boolean strict;
    private final boolean keepId;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, ConfigFile> origins = new LinkedHashMap<>();
    private final List<Path> files = new ArrayList<>();

    Run(Side side, boolean strict, boolean keepId) {
      this.side = side;
      this.strict = strict;
      this.keepId = keepId;
    }

    LoadedConfig load(Path folder, String fileName, String variable) {
      Path path = folder.resolve(fileName);
      Map<String, Object> values = catalog.defaults(side, surroundings);
      Map<String, Object> given = given(path, mainFile(path, fileName, variable), values);
      check(given);
      values.putAll(given);
      Draft draft = new Draft(values, given.keySet(), origins, problems);
      draft.put("__cli", surroundings.program());
      Identity identity = new Identity(surroundings.hostNames(), keepId);
      if (side == Side.MASTER) {
        new MasterDerivation(draft, identity).apply(memory());
      } else {
        new MinionDerivation(draft, identity).apply(memory());
      }
      if (values.get("return") instanceof List<?> returners) {
        draft.put("return", String.join(",", returners.stream().map(Python::text).toList()));
      }
      return new LoadedConfig(Options.of(values), problems, files);
    }

    /** The file itself, or the one an environment variable names if the folder is the default. */
    private Path mainFile(Path path, String fileName, String variable) {
      if (!path.equals(Path.of(DEFAULT_FOLDER, fileName))) {
        return path;
      }
      String named = surroundings.variable(variable);
      String folder = surroundings.variable("SALT_CONFIG_DIR");
      if (named == null && folder != null) {
        named = Paths.join(folder, fileName);
      }
      return named != null && Files.isRegularFile(Path.of(named)) ? Path.of(named) : path;
    }

    /** What the files set; includes are looked up beside {@code path}. */
    private Map<String, Object> given(Path path, Path main, Map<String, Object> defaults) {
      Map<String, Object> given = mainValues(main);
      Object defaultInclude =
          given.getOrDefault("default_include", defaults.get("default_include"));
      Object include = given.get("include");
      Includes includes = new Includes(surroundings, strict, problems, origins, files);
      given.putAll(includes.read(defaultInclude, path, false));
      given.putAll(includes.read(include, path, true));
      return given;
    }

    private Map<String, Object> mainValues(Path main) {
      if (!Files.exists(main)) {
        return new LinkedHashMap<>();
      } else if (!Files.isReadable(main)) {
        problems.add(new Problem(false, main, 0, "the file may not be read; left out"));
        return new LinkedHashMap<>();
      }
      try {
        ConfigFile file = ConfigFile.read(main);
        files.add(main);
        for (String name : file.values().keySet()) {
          origins.put(name, file);
        }
        file.values().put("conf_file", main.toString());
        return file.values();
      } catch (ConfigFile.Unreadable e) {
        problems.add(e.problem(true));
        return new LinkedHashMap<>();
      }
    }

    /** Reports wrong values and names; useless values are dropped in favour of the default. */
    private void check(Map<String, Object> given) {
      OptionCheck check = new OptionCheck(side, surroundings);
      List<String> useless = new ArrayList<>();
      for (Map.Entry<String, Object> option : given.entrySet()) {
        check(check, option.getKey(), option.getValue(), useless);
      }
      given.keySet().removeAll(useless);
    }

    private void check(OptionCheck check, String name, Object value, List<String> useless) {
      OptionCatalog.Entry option = catalog.entry(name);
      if (SdbLink.isIn(value)) {
        report(option != null && option.hasEffect(), name, SdbLink.message(name));
        useless.add(name);
        return;
      } else if (option == null) {
        unknown(name);
        return;
      }
      OptionCheck.Verdict verdict = check.judge(option, value);
      if (verdict != OptionCheck.Verdict.RIGHT) {
        boolean fatal = verdict == OptionCheck.Verdict.USELESS;
        report(fatal, name, check.message(option, value, verdict));
        if (fatal) {
          useless.add(name);
        }
      } else if (withoutEffect.contains(name) && differs(option, value)) {
        report(false, name, name + ": the option is known but has no effect here");
      }
    }

    private boolean differs(OptionCatalog.Entry option, Object value) {
      Object standard = option.defaultValue(side, surroundings);
      return !(standard == null ? value == null : standard.equals(value));
    }

    /** Unknown options are fine, modules may read them; only likely slips are worth a word. */
    private void unknown(String name) {
      List<String> known = catalog.entries().stream().map(OptionCatalog.Entry::name).toList();
      NearestName.of(name, known)
          .ifPresent(
              nearest ->
                  report(
                      false, name, name + ": no such option is known; is " + nearest + " meant?"));
    }

    private void report(boolean fatal, String name, String message) {
      ConfigFile file = origins.get(name);
      problems.add(
          new Problem(
              fatal,
              file == null ? null : file.path(),
              file == null ? 0 : file.line(name),
              message));
    }
  }

  /** The machine's memory in bytes; 0 where the system does not tell. */
  private static long memory() {
    Path info = Path.of("/proc/meminfo");
    if (!Files.isReadable(info)) {
      return 0;
    }
    try {
      String text = Files.readString(info);
      long kilobytes = 0;
      for (int i = 0; text.charAt(i) != '\n'; i++) {
        char c = text.charAt(i);
        kilobytes = c >= '0' && c <= '9' ? kilobytes * 10 + (c - '0') : kilobytes;
      }
      return kilobytes * 1024;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + info, e);
    }
  }
}
