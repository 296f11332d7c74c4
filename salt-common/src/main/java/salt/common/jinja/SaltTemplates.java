package salt.common.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import salt.common.jinja.filter.Filters;
import salt.common.jinja.syntax.Delimiters;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Truth;

/** Renders templates as Salt does. For any number of threads. */
public final class SaltTemplates {
  private record Settings(Delimiters delimiters, boolean lenient) {}

  private final Filters filters = Filters.salt();
  private final Limits limits;
  private final Map<Settings, Environment> environments = new ConcurrentHashMap<>();

  /** Renders within Salt's usual limits. */
  public SaltTemplates() {
    this(Limits.STANDARD);
  }

  /** Renders within these limits. */
  public SaltTemplates(Limits limits) {
    this.limits = limits;
  }

  /**
   * Renders a template.
   *
   * @param text the template
   * @param context what it sees; of its variable {@code opts} the options {@code allow_undefined},
   *     {@code jinja_env}, {@code jinja_sls_env}, {@code jinja_trim_blocks} and {@code
   *     jinja_lstrip_blocks} say how it is read
   * @throws TemplateProblem when it can't be parsed or fails, in Salt's words
   */
  public String render(String text, SaltContext context) {
    Map<?, ?> opts = context.variables().get("opts") instanceof Map<?, ?> map ? map : Map.of();
    Settings settings =
        new Settings(delimiters(opts, context), Truth.of(opts.get("allow_undefined")));
    Environment environment = environments.computeIfAbsent(settings, this::environment);
    String name = context.file() == null ? "<template>" : context.file();
    String path = context.path() == null ? name : context.path();
    TemplateLoader.Source source = new TemplateLoader.Source(name, path, text, Map.of());
    String result =
        environment.render(source, variables(context), new SaltLoader(context.files()), opts);
    // Jinja drops the last end of line; Salt puts it back.
    return text.endsWith("\n") ? result + "\n" : result;
  }

  private Environment environment(Settings settings) {
    return new Environment(
        settings.delimiters(), filters, settings.lenient(), limits, PrintedValue::of);
  }

  private static Map<String, Object> variables(SaltContext context) {
    Map<String, Object> all = new HashMap<>(context.variables());
    all.put("salt", new SaltObject(context.functions()));
    all.put("saltenv", context.saltenv());
    all.put("sls", context.sls());
    all.putIfAbsent("proxy", null);
    String file = context.file();
    if (file != null) {
      int slash = file.lastIndexOf('/');
      String directory = slash < 0 ? "" : file.substring(0, slash);
      all.put("tplfile", file);
      all.put("tpldir", directory.isEmpty() ? "." : directory);
      all.put("tpldot", directory.replace('/', '.'));
      all.put("tplroot", directory.isEmpty() ? "" : directory.split("/", 2)[0]);
      if (!context.sls().isEmpty()) {
        all.put("slspath", directory);
        all.put("slsdotpath", directory.replace('/', '.'));
        all.put("slscolonpath", directory.replace('/', ':'));
        all.put("sls_path", directory.replace('/', '_'));
      }
    }
    if (context.path() != null) {
      all.put("tplpath", context.path());
    }
    return all;
  }

  private static Delimiters delimiters(Map<?, ?> opts, SaltContext context) {
    Map<Object, Object> words = new HashMap<>();
    words.put("trim_blocks", opts.get("jinja_trim_blocks"));
    words.put("lstrip_blocks", opts.get("jinja_lstrip_blocks"));
    String option = context.sls().isEmpty() ? "jinja_env" : "jinja_sls_env";
    if (opts.get(option) instanceof Map<?, ?> given) {
      words.putAll(given);
    }
    Delimiters standard = Delimiters.STANDARD;
    return new Delimiters(
        word(words, "block_start_string", standard.blockStart()),
        word(words, "block_end_string", standard.blockEnd()),
        word(words, "variable_start_string", standard.variableStart()),
        word(words, "variable_end_string", standard.variableEnd()),
        word(words, "comment_start_string", standard.commentStart()),
        word(words, "comment_end_string", standard.commentEnd()),
        word(words, "line_statement_prefix", null),
        word(words, "line_comment_prefix", null),
        Truth.of(words.get("trim_blocks")),
        Truth.of(words.get("lstrip_blocks")),
        word(words, "newline_sequence", standard.newline()),
        Truth.of(words.get("keep_trailing_newline")));
  }

  private static String word(Map<Object, Object> words, String name, String standard) {
    String word = Texts.orNull(words.get(name));
    return word == null || word.isEmpty() ? standard : word;
  }
}
