package salt.common.config;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import salt.common.config.OptionCatalog.Side;

/**
 * Judges the value of a known option: right, doubtful as real Salt warns of it, or of no use at
 * all.
 */
final class OptionCheck {
  private static final int QUOTED = 60;

  /** Texts that other options are made of: without them nothing can be derived. */
  private static final Set<String> NEEDED_TEXTS =
      Set.of(
          "root_dir",
          "cachedir",
          "pki_dir",
          "sock_dir",
          "pidfile",
          "hash_type",
          "encryption_algorithm",
          "signing_algorithm",
          "publish_signing_algorithm",
          "default_include");

  /** Texts that may also be unset. */
  private static final Set<String> NEEDED_TEXTS_OR_NULL =
      Set.of(
          "log_file",
          "key_logfile",
          "ssh_log_file",
          "log_dir",
          "extension_modules",
          "append_domain",
          "autosign_file",
          "autoreject_file",
          "autosign_grains_dir",
          "sqlite_queue_dir",
          "syndic_dir",
          "token_dir");

  /** What may not be asked of a value when another kind is wanted, though Python would convert. */
  private static final Map<ValueType, Set<ValueType>> NOT_CONVERTED =
      Map.of(
          ValueType.TEXT, EnumSet.of(ValueType.LIST, ValueType.MAP),
          ValueType.LIST, EnumSet.of(ValueType.MAP, ValueType.TEXT),
          ValueType.TUPLE, EnumSet.of(ValueType.MAP, ValueType.TEXT),
          ValueType.BOOL,
              EnumSet.of(
                  ValueType.LIST,
                  ValueType.TEXT,
                  ValueType.INT,
                  ValueType.FLOAT,
                  ValueType.MAP,
                  ValueType.NULL),
          ValueType.INT, EnumSet.of(ValueType.BOOL, ValueType.FLOAT),
          ValueType.FLOAT, EnumSet.of(ValueType.BOOL));

  /** Compiled when a first doubt comes up, which in most files none does. */
  private static final class Patterns {
    static final Pattern SECRET =
        Pattern.compile(".*(pass|passwd|passphrase|password|secret|token|username).*");
    static final Pattern INTEGER = Pattern.compile("\\s*[-+]?\\d+(_\\d+)*\\s*");
  }

  private final Side side;
  private final Surroundings surroundings;

  OptionCheck(Side side, Surroundings surroundings) {
    this.side = side;
    this.surroundings = surroundings;
  }

  /** What became of a value. */
  enum Verdict {
    RIGHT,
    DOUBTFUL,
    USELESS
  }

  Verdict judge(OptionCatalog.Entry option, Object value) {
    if (option.name().equals("ipc_write_buffer") && "dynamic".equals(value)) {
      return Verdict.RIGHT;
    } else if (useless(option, value)) {
      return Verdict.USELESS;
    }
    return option.types().isEmpty() || accepted(option.types(), value)
        ? Verdict.RIGHT
        : Verdict.DOUBTFUL;
  }

  private boolean useless(OptionCatalog.Entry option, Object value) {
    String name = option.name();
    if (NEEDED_TEXTS.contains(name)) {
      return !(value instanceof String);
    } else if (NEEDED_TEXTS_OR_NULL.contains(name)) {
      return value != null && !(value instanceof String);
    } else if (name.equals("fileserver_backend")) {
      return !(value instanceof List<?> || value instanceof String);
    }
    return isNumber(option) && !readableAsNumber(value);
  }

  private boolean isNumber(OptionCatalog.Entry option) {
    Set<ValueType> numbers = EnumSet.of(ValueType.INT, ValueType.FLOAT);
    return option.defaultValue(side, surroundings) instanceof Number
        || (!option.types().isEmpty() && numbers.containsAll(option.types()));
  }

  private static boolean readableAsNumber(Object value) {
    return value instanceof Number
        || value instanceof Boolean
        || (value instanceof String text && isFloat(text));
  }

  /** Salt's own rule, which forgives what Python would convert faithfully. */
  static boolean accepted(Set<ValueType> types, Object value) {
    ValueType actual = ValueType.of(value);
    if (types.contains(actual) && (actual != ValueType.BOOL || types.size() > 0)) {
      return true;
    } else if (types.size() == 1) {
      return convertible(types.iterator().next(), value, types);
    }
    return types.stream()
        .filter(type -> type != ValueType.NULL && type != ValueType.MAP)
        .anyMatch(type -> convertible(type, value, types));
  }

  private static boolean convertible(ValueType type, Object value, Set<ValueType> alsoAllowed) {
    ValueType actual = ValueType.of(value);
    if (NOT_CONVERTED.getOrDefault(type, Set.of()).contains(actual)
        && (alsoAllowed.size() == 1 || !alsoAllowed.contains(actual))) {
      return false;
    }
    return switch (type) {
      case TEXT, BOOL -> true;
      case LIST, TUPLE -> actual == ValueType.LIST;
      case INT ->
          value instanceof String text
              ? Patterns.INTEGER.matcher(text).matches()
              : isNumeric(value);
      case FLOAT -> value instanceof String text ? isFloat(text) : isNumeric(value);
      case MAP -> emptyOrPairs(value);
      case NULL -> false;
    };
  }

  private static boolean isNumeric(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  private static boolean isFloat(String text) {
    try {
      return new BigDecimal(text.strip()).scale() > Integer.MIN_VALUE;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean emptyOrPairs(Object value) {
    return "".equals(value)
        || (value instanceof List<?> list
            && list.stream().allMatch(item -> item instanceof List<?> pair && pair.size() == 2));
  }

  /** The sentence for a value that is not right. */
  String message(OptionCatalog.Entry option, Object value, Verdict verdict) {
    String message =
        option.name() + ": expected " + expected(option) + ", got " + shown(option.name(), value);
    return verdict == Verdict.USELESS ? message : message + "; it is used as it is";
  }

  private String expected(OptionCatalog.Entry option) {
    Set<ValueType> types = option.types();
    if (types.isEmpty() || (isNumber(option) && types.contains(ValueType.TEXT))) {
      types = EnumSet.of(ValueType.of(option.defaultValue(side, surroundings)));
    }
    return types.stream().map(ValueType::phrase).distinct().collect(Collectors.joining(" or "));
  }

  private static String shown(String name, Object value) {
    String phrase = ValueType.of(value).phrase();
    if (value == null || Patterns.SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
      return phrase;
    }
    String text = value instanceof String ? "\"" + value + "\"" : Python.text(value);
    if (value instanceof List<?> || value instanceof Map<?, ?>) {
      // Inner values may be secret; their kind says enough.
      return phrase;
    }
    return phrase + " " + (text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text);
  }
}
