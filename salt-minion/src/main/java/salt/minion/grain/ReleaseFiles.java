package salt.minion.grain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files besides {@code os-release} that tell of a distribution. */
final class ReleaseFiles {
  /** A value of lsb-release goes as far as it is made of letters, digits, blanks and {@code .-}. */
  private static final Pattern LSB =
      Pattern.compile(
          "DISTRIB_(ID|RELEASE|CODENAME|DESCRIPTION)=[\"']?([\\w .-]+).*",
          Pattern.UNICODE_CHARACTER_CLASS);

  /** Files in {@code /etc} that are named like one line with name and version, but are not. */
  private static final Set<String> OTHERS =
      Set.of(
          "debian_version",
          "lsb-release",
          "oem-release",
          "os-release",
          "plesk-release",
          "system-release");

  private final Machine machine;

  ReleaseFiles(Machine machine) {
    this.machine = machine;
  }

  /**
   * A line such as {@code CentOS release 6.10 (Final)}.
   *
   * @param file the name of the file in {@code /etc}
   * @param name the distribution
   * @param version empty when the line has none
   * @param codename empty when the line has none
   */
  record Line(String file, String name, String version, String codename) {
    private static final Pattern PARTS =
        Pattern.compile("(.*\\S) +(\\d\\S*)(?: +\\((.*)\\))?(?:[^\\d)][^)]*)?");

    static Line parse(String file, String text) {
      Matcher parts = PARTS.matcher(text);
      if (!parts.matches()) {
        return new Line(file, text, "", "");
      }
      String codename = parts.group(3);
      String name = parts.group(1).replaceFirst(" release$", "");
      return new Line(file, name, parts.group(2), codename == null ? "" : codename);
    }
  }

  /** The line of the first such file, by name; empty when there is none. */
  Optional<Line> line() {
    return lineFiles()
        .flatMap(
            file ->
                machine.lines("/etc/" + file).stream()
                    .limit(1)
                    .filter(text -> !text.isBlank())
                    .map(text -> Line.parse(file, text.strip())))
        .findFirst();
  }

  private Stream<String> lineFiles() {
    return machine.names("/etc").stream()
        .filter(name -> name.endsWith("-release") || name.matches(".+[-_]version"))
        .filter(name -> !OTHERS.contains(name));
  }

  /** The version in {@code debian_version}. */
  Optional<String> debianVersion() {
    return machine.text("/etc/debian_version").filter(version -> !version.isEmpty());
  }

  /**
   * The grains {@code lsb_distrib_*} by {@code lsb-release}; none when it has no {@code
   * DISTRIB_ID}, but for a description, which stands for itself.
   */
  Map<String, String> lsb() {
    Map<String, String> lsb = new LinkedHashMap<>();
    for (String text : machine.lines("/etc/lsb-release")) {
      Matcher assignment = LSB.matcher(text);
      if (assignment.matches() && !assignment.group(2).isBlank()) {
        String name = assignment.group(1).toLowerCase(Locale.ROOT);
        lsb.put("lsb_distrib_" + name, assignment.group(2).strip());
      }
    }
    if (!lsb.containsKey("lsb_distrib_id")) {
      lsb.keySet().retainAll(Set.of("lsb_distrib_description"));
    }
    return lsb;
  }

  /**
   * The same grains where there is no {@code os-release}: Enterprise Linux 6 and SUSE 11 have files
   * of their own instead.
   */
  Map<String, String> lsbOfOldRelease() {
    Map<String, String> lsb = lsb();
    if (lsb.containsKey("lsb_distrib_id")) {
      return lsb;
    }
    lsb.putAll(suse());
    line()
        .filter(line -> line.file().equals("centos-release"))
        .ifPresent(line -> lsb.putAll(named(line.name(), line.version(), line.codename())));
    return lsb;
  }

  private static Map<String, String> named(String id, String release, String codename) {
    Map<String, String> lsb = new LinkedHashMap<>();
    lsb.put("lsb_distrib_id", id);
    lsb.put("lsb_distrib_release", release);
    lsb.put("lsb_distrib_codename", codename);
    return lsb;
  }

  /** {@code SuSE-release}: a title, {@code VERSION = 11} and {@code PATCHLEVEL = 4}. */
  private Map<String, String> suse() {
    List<String> lines = machine.lines("/etc/SuSE-release");
    if (lines.isEmpty()) {
      return Map.of();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String text : lines) {
      String[] sides = text.split("=", 2);
      values.put(sides[0].strip(), sides.length < 2 ? "" : sides[1].strip());
    }
    String version = values.getOrDefault("VERSION", "");
    if (!lines.get(0).contains("Enterprise")) {
      // Salt leaves the point out here, and knows no name.
      return named("SUSE", version.replaceAll("\\D", ""), "n.a");
    }
    String title = lines.get(0).replaceFirst(" *\\(.*", "");
    String patch = values.get("PATCHLEVEL");
    return patch == null
        ? named("SLES", version, title)
        : named("SLES", version + "." + patch, title + " SP" + patch);
  }
}
