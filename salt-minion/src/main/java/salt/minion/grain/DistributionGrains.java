package salt.minion.grain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The distribution: its name, family and release, from {@code os-release} and {@code lsb-release}.
 */
final class DistributionGrains {
  private static final Pattern BRACKETS = Pattern.compile("\\((.+?)\\)");
  private static final Pattern CENTOS_RELEASE = Pattern.compile("\\d+(?:\\.\\d+)+");
  private static final int SHORT_NAME = 10;

  /** Distributions whose name in {@code osfinger} is the short one. */
  private static final Set<String> SHORT_FINGER = Set.of("Debian", "Raspbian");

  /** Distributions whose code name stands between brackets. */
  private static final Set<String> BRACKETED = Set.of("Rocky", "AlmaLinux", "AstraLinuxSE");

  private final Machine machine;

  DistributionGrains(Machine machine) {
    this.machine = machine;
  }

  Map<String, Object> collect() {
    Map<String, String> release = osRelease();
    Map<String, String> lsb = lsb(release);
    String fullName = fullName(release, lsb);
    String os = Distributions.os(release.getOrDefault("ID", ""), fullName);
    if (release.getOrDefault("CPE_NAME", "").matches("cpe:.*:(?:open)?suse:.*")) {
      os = "SUSE";
    }
    shortenCodename(os, lsb);
    String version = version(release, lsb);
    Map<String, Object> grains = new LinkedHashMap<>(lsb);
    grains.put("os", os);
    grains.put("os_family", Distributions.family(os));
    grains.put("oscodename", codename(release, lsb));
    grains.put("osfullname", fullName);
    grains.put("osrelease", version);
    if (!version.isEmpty()) {
      grains.putAll(ofRelease(os, fullName, version));
    }
    grains.put("osarch", architecture(Distributions.family(os)));
    return grains;
  }

  private Map<String, String> osRelease() {
    String file = machine.exists("/etc/os-release") ? "/etc/os-release" : "/usr/lib/os-release";
    return assignments(file);
  }

  /** What a file of {@code NAME=value} lines sets. */
  private Map<String, String> assignments(String file) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : machine.lines(file)) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        values.put(line.substring(0, equals).strip(), unquoted(line.substring(equals + 1).strip()));
      }
    }
    return values;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.charAt(0) == value.charAt(value.length() - 1);
    String bare = quoted ? value.substring(1, value.length() - 1) : value;
    return bare.replaceAll("\\\\([\"'$`\\\\])", "$1");
  }

  /** From {@code /etc/lsb-release}; what that does not have is made from {@code os-release}. */
  private Map<String, String> lsb(Map<String, String> release) {
    Map<String, String> lsb = new LinkedHashMap<>();
    assignments("/etc/lsb-release")
        .forEach(
            (name, value) -> {
              if (name.startsWith("DISTRIB_")) {
                lsb.put("lsb_" + name.toLowerCase(Locale.ROOT), value.stripTrailing());
              }
            });
    if (!lsb.containsKey("lsb_distrib_id") && !release.isEmpty()) {
      lsb.put("lsb_distrib_id", release.getOrDefault("NAME", "").strip());
      if (release.containsKey("VERSION_ID")) {
        lsb.put("lsb_distrib_release", release.get("VERSION_ID"));
      }
      lsb.put(
          "lsb_distrib_codename",
          release.getOrDefault("VERSION_CODENAME", release.getOrDefault("PRETTY_NAME", "")));
    }
    return lsb;
  }

  /** Some distributions have the name between brackets of a longer text. */
  private static void shortenCodename(String os, Map<String, String> lsb) {
    Matcher bracketed = BRACKETS.matcher(lsb.getOrDefault("lsb_distrib_codename", ""));
    if (BRACKETED.contains(os) && bracketed.find()) {
      String name = bracketed.group(1);
      boolean astra = os.equals("AstraLinuxSE");
      lsb.put(
          "lsb_distrib_codename",
          astra ? name.replaceFirst(" .*", "").toLowerCase(Locale.ROOT) : name);
    }
  }

  private static String fullName(Map<String, String> release, Map<String, String> lsb) {
    String name = release.getOrDefault("NAME", "").strip();
    if (name.equals("openSUSE Leap")) {
      return "Leap";
    } else if ("Tumbleweed".equals(release.get("VERSION"))) {
      return "Tumbleweed";
    }
    return name.isEmpty() ? lsb.getOrDefault("lsb_distrib_id", "") : name;
  }

  private static String codename(Map<String, String> release, Map<String, String> lsb) {
    String codename = lsb.getOrDefault("lsb_distrib_codename", "").strip();
    if (!codename.isEmpty() && !codename.contains("Red Hat")) {
      return codename;
    }
    Matcher bracketed = BRACKETS.matcher(release.getOrDefault("VERSION", ""));
    return release.getOrDefault("VERSION_CODENAME", bracketed.find() ? bracketed.group(1) : "");
  }

  /** CentOS 7 and 8 have their minor release only in a file of their own. */
  private String version(Map<String, String> release, Map<String, String> lsb) {
    String version =
        lsb.getOrDefault("lsb_distrib_release", release.getOrDefault("VERSION_ID", ""));
    if (lsb.getOrDefault("lsb_distrib_codename", "").matches("CentOS Linux [78].*")) {
      lsb.remove("lsb_distrib_release");
      Matcher centos = CENTOS_RELEASE.matcher(machine.text("/etc/centos-release").orElse(""));
      return centos.find() ? centos.group() : version;
    }
    return version.strip();
  }

  private static Map<String, Object> ofRelease(String os, String fullName, String version) {
    List<Object> parts = new ArrayList<>();
    for (String part : version.split("\\.", -1)) {
      parts.add(part.matches("\\d+") ? (Object) Long.valueOf(part) : part);
    }
    Map<String, Object> grains = new LinkedHashMap<>();
    grains.put("osrelease_info", parts);
    if (parts.get(0) instanceof Long major) {
      grains.put("osmajorrelease", major);
    }
    boolean whole = os.equals("Ubuntu") || os.equals("Pop");
    grains.put(
        "osfinger",
        (SHORT_FINGER.contains(os) ? os : fullName) + "-" + (whole ? version : parts.get(0)));
    return grains;
  }

  /** The architecture of packages; dpkg has its own names for it. */
  private String architecture(String family) {
    String kernel = new KernelGrains(machine).architecture();
    return family.equals("Debian") ? debianArchitecture(kernel) : kernel;
  }

  private String debianArchitecture(String kernel) {
    List<String> listed = machine.lines("/var/lib/dpkg/arch");
    if (!listed.isEmpty()) {
      return listed.get(0);
    }
    boolean inDpkg = false;
    for (String line : machine.lines("/var/lib/dpkg/status")) {
      if (line.startsWith("Package: ")) {
        inDpkg = line.equals("Package: dpkg");
      } else if (inDpkg && line.startsWith("Architecture: ")) {
        return line.substring("Architecture: ".length());
      }
    }
    return Distributions.debianArchitecture(kernel);
  }

  static String shortName(String name) {
    String compact = name.replace(" ", "").toLowerCase(Locale.ROOT);
    return compact.substring(0, Math.min(SHORT_NAME, compact.length()));
  }
}
