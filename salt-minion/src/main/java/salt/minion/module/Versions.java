package salt.minion.module;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import salt.common.daemon.Release;

/** The versions of everything that an answer may depend on, in the sections that Salt prints. */
final class Versions {
  private static final int MARGIN = 2;

  private final Map<String, Object> grains;

  Versions(Map<String, Object> grains) {
    this.grains = grains;
  }

  Map<String, Map<String, String>> information() {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    sections.put("Salt Version", Map.of("Salt", Release.SALT));
    sections.put("Java Version", Map.of("Java", Runtime.version().toString()));
    sections.put("Dependency Versions", Release.libraries());
    sections.put("System Versions", system());
    return sections;
  }

  private Map<String, String> system() {
    Map<String, String> system = new LinkedHashMap<>();
    String dist = "%s %s %s".formatted(grain("os"), grain("osrelease"), grain("oscodename"));
    system.put("system", grain("kernel"));
    system.put("dist", dist.toLowerCase(Locale.ROOT).strip());
    system.put("release", grain("kernelrelease"));
    system.put("machine", grain("cpuarch"));
    system.put(
        "version",
        "%s %s %s".formatted(grain("osfullname"), grain("osrelease"), grain("oscodename")).strip());
    system.put("locale", Charset.defaultCharset().name().toLowerCase(Locale.ROOT));
    return system;
  }

  private String grain(String name) {
    return String.valueOf(grains.getOrDefault(name, ""));
  }

  String report() {
    Map<String, Map<String, String>> sections = information();
    int width =
        MARGIN
            + sections.values().stream()
                .flatMap(section -> section.keySet().stream())
                .mapToInt(String::length)
                .max()
                .orElse(0);
    StringBuilder report = new StringBuilder();
    sections.forEach(
        (title, section) -> {
          report.append(title).append(":\n");
          Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
          sorted.putAll(section);
          sorted.forEach(
              (name, version) ->
                  report
                      .append(" ".repeat(width - name.length()))
                      .append(name + ": " + version + "\n"));
          report.append(" \n");
        });
    return report.substring(0, report.length() - 1);
  }
}
