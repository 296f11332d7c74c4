package salt.common.yaml;

import java.util.Set;
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

  private static final Set<String> BOOLS =
      Set.of(
          "yes", "Yes", "YES", "no", "No", "NO", "true", "True", "TRUE", "false", "False", "FALSE",
          "on", "On", "ON", "off", "Off", "OFF");
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final String NUMBERS_BEGIN = "-+0123456789.";

  /** The forms of numbers and times; made when a first one may have come. */
  private static final class Forms {
    private static final String SEXAGESIMAL = "(?::[0-5]?[0-9])+";
    static final Pattern FLOATS =
        Pattern.compile(
            "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
                + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
                + "|[-+]?[0-9][0-9_]*"
                + SEXAGESIMAL
                + "\\.[0-9_]*"
                + "|[-+]?\\.(?:inf|Inf|INF)"
                + "|\\.(?:nan|NaN|NAN)");
    static final Pattern INTS =
        Pattern.compile(
            "[-+]?0b[0-1_]+"
                + "|[-+]?0[0-7_]+"
                + "|[-+]?(?:0|[1-9][0-9_]*)"
                + "|[-+]?0x[0-9a-fA-F_]+"
                + "|[-+]?[1-9][0-9_]*"
                + SEXAGESIMAL);
    static final Pattern TIMES =
        Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}"
                + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
                + "(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?"
                + "(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?");
  }

  private Tags() {}

  /** The type of a scalar without quotes. */
  static String ofPlain(String text) {
    if (NULLS.contains(text)) {
      return NULL;
    } else if (BOOLS.contains(text)) {
      return BOOL;
    } else if (NUMBERS_BEGIN.indexOf(text.charAt(0)) >= 0) {
      return ofNumber(text);
    }
    return switch (text) {
      case "<<" -> MERGE;
      case "=" -> VALUE;
      default -> STR;
    };
  }

  private static String ofNumber(String text) {
    if (isDigits(text)) {
      return INT;
    } else if (Forms.FLOATS.matcher(text).matches()) {
      return FLOAT;
    } else if (Forms.INTS.matcher(text).matches()) {
      return INT;
    }
    return Forms.TIMES.matcher(text).matches() ? TIMESTAMP : STR;
  }

  /** Whether it is a decimal number of the plainest form, for which no form need be made. */
  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.equals("0") || text.charAt(0) != '0';
  }
}
