package salt.minion.grain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a distribution says of itself in {@code os-release}, a file of assignments as os-release(5)
 * describes it.
 *
 * @param values by name; what is not set is not there
 */
record OsRelease(Map<String, String> values) {
  private static final List<String> PLACES = List.of("/etc/os-release", "/usr/lib/os-release");
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z][A-Z_0-9]*)=(.*)");
  private static final Pattern ESCAPED = Pattern.compile("\\\\([\"$'\\\\`])");

  /** What os-release(5) has for a name that is not set. */
  private static final String UNNAMED = "Linux";

  /** Reads the file; empty when the machine has none. */
  static Optional<OsRelease> read(Machine machine) {
    return PLACES.stream()
        .filter(machine::exists)
        .findFirst()
        .map(place -> new OsRelease(assignments(machine.lines(place))));
  }

  private static Map<String, String> assignments(List<String> lines) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines) {
      Matcher assignment = ASSIGNMENT.matcher(line);
      if (assignment.matches()) {
        values.put(assignment.group(1), bare(assignment.group(2)));
      }
    }
    return values;
  }

  /** A value without the quotes around it and the backslashes that a shell would take away. */
  private static String bare(String value) {
    String text = value;
    int last = text.length() - 1;
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    if (last > 0 && (first == '"' || first == '\'') && text.charAt(last) == first) {
      text = text.substring(1, last);
    }
    return ESCAPED.matcher(text).replaceAll("$1");
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  String name() {
    return values.getOrDefault("NAME", UNNAMED);
  }

  String prettyName() {
    return values.getOrDefault("PRETTY_NAME", UNNAMED);
  }

  boolean isOf(String identifier) {
    return identifier.equals(values.get("ID"));
  }

  /** The platform that the distribution is listed as in the dictionary of platforms (CPE). */
  Optional<Platform> platform() {
    return value("CPE_NAME").flatMap(Platform::parse);
  }

  /**
   * A platform of the dictionary: {@code cpe:/o:vendor:product:version} or {@code
   * cpe:2.3:o:vendor:product:version}.
   *
   * @param vendor who makes it
   * @param version its version
   */
  record Platform(String vendor, String version) {
    private static final Pattern NAME =
        Pattern.compile("cpe:(?:/|2\\.3:)[aho]:([^:]+):[^:]+:([^:]+).*");

    private static Optional<Platform> parse(String name) {
      Matcher parts = NAME.matcher(name);
      return parts.matches()
          ? Optional.of(new Platform(parts.group(1), parts.group(2)))
          : Optional.empty();
    }

    boolean isSuse() {
      return vendor.equals("suse") || isOpenSuse();
    }

    boolean isOpenSuse() {
      return vendor.equals("opensuse");
    }
  }
}
