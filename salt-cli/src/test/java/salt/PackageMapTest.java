package salt;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Holds every package to its line in {@code package-map.txt}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PackageMapTest {
  private static final String ROOT = "salt.";
  private static final List<String> FREE = List.of("common.payload", "common.daemon");

  private static JavaClasses classes;
  private static Map<String, List<String>> map;

  @BeforeAll
  static void read() throws IOException {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("salt");
    map = new TreeMap<>();
    try (InputStream in = PackageMapTest.class.getResourceAsStream("/package-map.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          int colon = line.indexOf(':');
          String uses = line.substring(colon + 1).strip();
          map.put(
              line.substring(0, colon), uses.isEmpty() ? List.of() : List.of(uses.split(" +", -1)));
        }
      }
    }
  }

  @Test
  void every_package_has_a_line() {
    Set<String> packages = new TreeSet<>();
    classes.forEach(type -> packages.add(name(type)));
    assertThat(packages).contains("common.payload", "master.key", "minion.module", "cli.command");
    packages.removeAll(map.keySet());
    assertThat(packages).isEmpty();
  }

  @Test
  void every_package_uses_only_what_its_line_allows() {
    // One example for each pair of packages is enough.
    Map<String, String> offences = new TreeMap<>();
    for (JavaClass type : classes) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(ROOT) && !allowed(name(type), name(target))) {
          offences.putIfAbsent(name(type) + " uses " + name(target), dependency.getDescription());
        }
      }
    }
    assertThat(offences).isEmpty();
  }

  @Test
  void packages_have_no_cycles() {
    slices().matching("salt.(**)").should().beFreeOfCycles().check(classes);
  }

  private static String name(JavaClass type) {
    return type.getPackageName().substring(ROOT.length());
  }

  private static boolean allowed(String from, String to) {
    if (from.equals(to) || (FREE.contains(to) && !FREE.contains(from))) {
      return true;
    }
    return map.getOrDefault(from, List.of()).stream()
        .anyMatch(
            entry ->
                entry.equals(to)
                    || (entry.endsWith(".*")
                        && to.startsWith(entry.substring(0, entry.length() - 1))));
  }
}
