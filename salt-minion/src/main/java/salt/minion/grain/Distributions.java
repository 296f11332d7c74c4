package salt.minion.grain;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What distributions are called in the grains {@code os} and {@code os_family}, by the table {@code
 * distributions.txt}.
 */
final class Distributions {
  /** {@code Linux} behind the name of a distribution, with what joins the two. */
  private static final Pattern KERNEL =
      Pattern.compile("\\W(GNU/)?Linux", Pattern.CASE_INSENSITIVE);

  /** How many characters of a name are compared with the table. */
  private static final int TELLING = 10;

  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, String> families = new LinkedHashMap<>();

  Distributions() {
    FactTable.read("distributions.txt")
        .sections()
        .forEach((family, members) -> members.forEach((os, also) -> add(family, os, also)));
  }

  private void add(String family, String os, String also) {
    families.put(os, family);
    Arrays.stream(also.split(",", -1))
        .filter(name -> !name.isBlank())
        .forEach(name -> names.put(telling(name), os));
  }

  /** The beginning of a name, without blanks and in small letters. */
  private static String telling(String name) {
    String close = name.replace(" ", "").toLowerCase(Locale.ROOT);
    return close.substring(0, Math.min(TELLING, close.length()));
  }

  /** The grain {@code os} by the full name: {@code CentOS} for {@code CentOS Linux}. */
  String os(String fullName) {
    String bare = KERNEL.matcher(fullName).replaceAll("").strip();
    return names.getOrDefault(telling(bare), bare);
  }

  /** The grain {@code os_family}; a distribution without one is a family of its own. */
  String family(String os) {
    return families.getOrDefault(os, os);
  }
}
