package salt.common.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** YAML 1.1's types, and which of them a scalar without quotes belongs to. */
final class Tags {
  static final String PREFIX = "tag:yaml.org,2002:";
  static final String STR = PREFIX + "str";
  static final String NULL = PREFIX + "null";
  static final String BOOL = PREFIX + "bool";
  static final String INT = PREFIX + "int";
  static final String FLOAT = PREFIX + "float";
  static final String BINARY = PREFIX + "binary";
  static final String TIMESTAMP = PREFIX + "timestamp";
  static final String MERGE = PREFIX + "merge";
  static final String VALUE = PREFIX + "value";
  static final String SEQ = PREFIX + "seq";
  static final String MAP = PREFIX + "map";
  static final String SET = PREFIX + "set";
  static final String OMAP = PREFIX + "omap";
  static final String PAIRS = PREFIX + "pairs";
  static final String PYTHON_UNICODE = PREFIX + "python/unicode";

  /** A type, the characters its scalars begin with, and their form. */
  private record Form(String tag, String starts, Pattern pattern) {}

  private final List<Form> forms = new ArrayList<>();

  Tags() {
    String sexagesimal = "(?::[0-5]?[0-9])+";
    add(
        BOOL,
        "yYnNtTfFoO",
        "yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");
    add(
        FLOAT,
        "-+0123456789.",
        "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
            + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
            + "|[-+]?[0-9][0-9_]*"
            + sexagesimal
            + "\\.[0-9_]*"
            + "|[-+]?\\.(?:inf|Inf|INF)"
            + "|\\.(?:nan|NaN|NAN)");
    add(
        INT,
        "-+0123456789",
        "[-+]?0b[0-1_]+"
            + "|[-+]?0[0-7_]+"
            + "|[-+]?(?:0|[1-9][0-9_]*)"
            + "|[-+]?0x[0-9a-fA-F_]+"
            + "|[-+]?[1-9][0-9_]*"
            + sexagesimal);
    add(MERGE, "<", "<<");
    add(NULL, "~nN", "~|null|Null|NULL");
    add(
        TIMESTAMP,
        "0123456789",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}"
            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
            + "(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?"
            + "(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?");
    add(VALUE, "=", "=");
  }

  private void add(String tag, String starts, String pattern) {
    forms.add(new Form(tag, starts, Pattern.compile(pattern)));
  }

  /** The type of a scalar without quotes. */
  String ofPlain(String text) {
    if (text.isEmpty()) {
      return NULL;
    }
    for (Form form : forms) {
      if (form.starts().indexOf(text.charAt(0)) >= 0 && form.pattern().matcher(text).matches()) {
        return form.tag();
      }
    }
    return STR;
  }
}
