package salt.minion.grain;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The distribution: its names and its release, as {@code os-release} and its older relatives tell
 * them.
 */
final class DistributionGrains {
  private static final Pattern BRACKETS = Pattern.compile("\\(([^()]*)\\)");
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  /** Distributions whose releases differ behind the point as others do before it. */
  private static final Set<String> WHOLE_RELEASE = Set.of("Ubuntu", "Pop");

  /** Distributions whose codename stands between brackets in their pretty name. */
  private static final List<String> BRACKETED = List.of("rocky", "almalinux");

  private static final Set<String> SHORT_IN_FINGER = Set.of("Debian", "Raspbian");

  /** Debian's names of architectures that it does not call as the kernel does. */
  private static final Map<String, String> DEBIAN_ARCHITECTURES =
      Map.of(
          "x86_64", "amd64",
          "i386", "i386",
          "i486", "i386",
          "i586", "i386",
          "i686", "i386",
          "aarch64", "arm64",
          "armv7l", "armhf",
          "armv6l", "armhf",
          "ppc64le", "ppc64el",
          "loongarch64", "loong64");

  private final Machine machine;
  private final ReleaseFiles files;
  private final Distributions distributions = new Distributions();

  DistributionGrains(Machine machine) {
    this.machine = machine;
    this.files = new ReleaseFiles(machine);
  }

  /**
   * What the files say before it is put into grains.
   *
   * @param lsb the grains {@code lsb_distrib_*}
   * @param fullName the grain {@code osfullname}
   * @param os the grain {@code os}
   * @param release the version
   * @param codename the name of the version
   */
  private record Found(
      Map<String, String> lsb, String fullName, String os, String release, String codename) {}

  Map<String, Object> collect() {
    Found found = OsRelease.read(machine).map(this::modern).orElseGet(this::old);
    Map<String, Object> grains = new LinkedHashMap<>(found.lsb());
    String family = distributions.family(found.os());
    grains.put("os", found.os());
    grains.put("os_family", family);
    grains.put("oscodename", found.codename());
    grains.put("osfullname", found.fullName());
    grains.put("osrelease", found.release());
    grains.putAll(release(found));
    String architecture = new KernelGrains(machine).architecture();
    grains.put(
        "osarch",
        family.equals("Debian")
            ? DEBIAN_ARCHITECTURES.getOrDefault(architecture, architecture)
            : architecture);
    return grains;
  }

  private static Map<String, Object> release(Found found) {
    if (found.release().isEmpty()) {
      return Map.of();
    }
    List<Object> parts =
        Arrays.stream(found.release().split("\\.", -1)).map(DistributionGrains::number).toList();
    Map<String, Object> grains = new LinkedHashMap<>();
    grains.put("osrelease_info", parts);
    if (parts.get(0) instanceof Number major) {
      grains.put("osmajorrelease", major);
    }
    String name = SHORT_IN_FINGER.contains(found.os()) ? found.os() : found.fullName();
    String release = WHOLE_RELEASE.contains(found.os()) ? found.release() : parts.get(0).toString();
    grains.put("osfinger", name + "-" + release);
    return grains;
  }

  private static Object number(String part) {
    if (!DIGITS.matcher(part).matches()) {
      return part;
    }
    BigInteger number = new BigInteger(part);
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  /** Without {@code os-release}: CentOS 6, SUSE 11 and what is older. */
  private Found old() {
    Map<String, String> lsb = files.lsbOfOldRelease();
    ReleaseFiles.Line line = files.line().orElseGet(() -> new ReleaseFiles.Line("", "", "", ""));
    String fullName = lsb.getOrDefault("lsb_distrib_id", line.name());
    return new Found(
        lsb,
        fullName,
        distributions.os(fullName),
        lsb.getOrDefault("lsb_distrib_release", line.version()),
        lsb.getOrDefault("lsb_distrib_codename", line.codename()));
  }

  private Found modern(OsRelease release) {
    boolean suse = release.platform().filter(OsRelease.Platform::isSuse).isPresent();
    String name = release.name().strip();
    String fullName = suse && name.equals("openSUSE Leap") ? "Leap" : name;
    String os = suse ? "SUSE" : distributions.os(fullName);
    Map<String, String> lsb = files.lsb();
    if (lsb.containsKey("lsb_distrib_id")) {
      return new Found(
          lsb,
          fullName,
          os,
          Optional.ofNullable(lsb.get("lsb_distrib_release")).orElseGet(() -> version(release)),
          Optional.ofNullable(lsb.get("lsb_distrib_codename")).orElseGet(() -> hidden(release)));
    }
    String codename = codename(release);
    lsb.put("lsb_distrib_id", release.name());
    if (!isCoarse(release)) {
      listed(release).ifPresent(version -> lsb.put("lsb_distrib_release", version));
    }
    lsb.put("lsb_distrib_codename", codename);
    return new Found(lsb, fullName, os, version(release), inShort(release, codename));
  }

  /** Whether it names its major release only: CentOS Linux has the minor one elsewhere. */
  private static boolean isCoarse(OsRelease release) {
    return release.isOf("centos")
        && release.name().equals("CentOS Linux")
        && !release.value("VERSION_ID").orElse("").contains(".");
  }

  /** The version that the distribution is listed under: openSUSE's are told by its platform. */
  private static Optional<String> listed(OsRelease release) {
    return release
        .platform()
        .filter(OsRelease.Platform::isOpenSuse)
        .map(OsRelease.Platform::version)
        .or(() -> release.value("VERSION_ID"));
  }

  /** The version, of the first that knows it. */
  private String version(OsRelease release) {
    Optional<String> ofLine =
        files.line().map(ReleaseFiles.Line::version).filter(version -> !version.isEmpty());
    if (isCoarse(release) && ofLine.isPresent()) {
      return ofLine.get();
    }
    return listed(release)
        .or(() -> release.isOf("debian") ? files.debianVersion() : Optional.empty())
        .or(() -> ofLine)
        .orElseGet(() -> ReleaseFiles.Line.parse("", release.prettyName()).version())
        .strip();
  }

  private static String codename(OsRelease release) {
    Optional<String> own = release.value("VERSION_CODENAME");
    if (own.isPresent()) {
      return own.get();
    }
    String pretty = release.prettyName();
    Matcher brackets = BRACKETS.matcher(pretty);
    String name = release.name().toLowerCase(Locale.ROOT);
    boolean bracketed = BRACKETED.stream().anyMatch(name::contains);
    return bracketed && brackets.find() ? brackets.group(1) : pretty;
  }

  /** Red Hat's pretty name is a codename only by what stands in brackets at its end. */
  private static String inShort(OsRelease release, String codename) {
    if (!codename.startsWith("Red Hat Enterprise Linux")
        || release.value("VERSION_CODENAME").isPresent()) {
      return codename;
    }
    Matcher brackets = BRACKETS.matcher(codename);
    return brackets.find() && brackets.end() == codename.length() ? brackets.group(1) : "";
  }

  /** The codename where {@code lsb-release} leaves it out: wherever else it may be. */
  private String hidden(OsRelease release) {
    String version = release.value("VERSION").orElse("");
    Matcher brackets = BRACKETS.matcher(version);
    int comma = version.indexOf(',');
    Optional<String> ofVersion = Optional.empty();
    if (brackets.find()) {
      ofVersion = Optional.of(brackets.group(1));
    } else if (comma >= 0) {
      ofVersion = Optional.of(version.substring(comma + 1).strip());
    }
    String named = ofVersion.orElse("");
    return release
        .value("VERSION_CODENAME")
        .or(
            () ->
                named.isEmpty()
                    ? files.line().map(ReleaseFiles.Line::codename)
                    : Optional.of(named))
        .orElse("");
  }
}
