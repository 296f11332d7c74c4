package salt.common.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import salt.common.payload.Bytes;
import salt.common.yaml.Yaml;
import salt.common.yaml.YamlProblem;

/** One configuration file as read: a mapping, and where in the text its keys stand. */
final class ConfigFile {
  private static final String LINE_ENDS = "\n\r\u0085\u2028\u2029";
  private static final String BLANKS = " \t\u000b\f";

  private final Path path;
  private final String text;
  private final Map<String, Object> values;

  private ConfigFile(Path path, String text, Map<String, Object> values) {
    this.path = path;
    this.text = text;
    this.values = values;
  }

  /**
   * Reads a file. An empty one, or one of comments only, has no values. An {@code id} that is a
   * number becomes text.
   *
   * @throws Unreadable when it cannot be read, is not YAML or not a mapping
   */
  static ConfigFile read(Path path) throws Unreadable {
    String text = text(path);
    Object document = document(path, text);
    if (document == null || !Python.truth(document)) {
      return new ConfigFile(path, text, new LinkedHashMap<>());
    } else if (!(document instanceof Map<?, ?> map)) {
      throw new Unreadable(
          path, 1, "expected a mapping of options, got " + ValueType.of(document).phrase(), null);
    } else {
      Map<String, Object> values = Python.textKeys(map);
      if (values.get("id") != null) {
        values.put("id", Python.text(values.get("id")));
      }
      return new ConfigFile(path, text, values);
    }
  }

  private static String text(Path path) throws Unreadable {
    try {
      return Bytes.wrap(Files.readAllBytes(path))
          .text()
          .orElseThrow(() -> new Unreadable(path, 0, "the file is not UTF-8 text", null));
    } catch (IOException e) {
      throw new Unreadable(path, 0, "cannot read the file: " + e, e);
    }
  }

  private static Object document(Path path, String text) throws Unreadable {
    // Most files of an untouched installation hold comments only; this saves loading the parser.
    if (!hasContent(text)) {
      return null;
    }
    try {
      return Yaml.load(text);
    } catch (YamlProblem e) {
      throw new Unreadable(path, e.line(), "not YAML: " + e.getMessage(), e);
    }
  }

  /** Whether there is a line that is neither blank nor a comment. */
  private static boolean hasContent(String text) {
    boolean comment = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (LINE_ENDS.indexOf(c) >= 0) {
        comment = false;
      } else if (c == '#') {
        comment = true;
      } else if (!comment && BLANKS.indexOf(c) < 0) {
        return true;
      }
    }
    return false;
  }

  Path path() {
    return path;
  }

  /** The options of the file; the caller may change the map. */
  Map<String, Object> values() {
    return values;
  }

  /** The line of a key of the top mapping, from 1; 0 when it cannot be told. */
  int line(String key) {
    Pattern place = Pattern.compile("(?m)^[\"']?" + Pattern.quote(key) + "[\"']?\\s*:");
    Matcher matcher = place.matcher(text);
    return matcher.find()
        ? 1 + (int) text.substring(0, matcher.start()).chars().filter(c -> c == '\n').count()
        : 0;
  }

  /** A file that gives no options. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Path path;
    private final int line;

    private Unreadable(Path path, int line, String message, Throwable cause) {
      super(message, cause);
      this.path = path;
      this.line = line;
    }

    /** The same as a problem. */
    Problem problem(boolean fatal) {
      return new Problem(fatal, path, line, getMessage());
    }
  }
}
