package salt.minion.grain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import salt.common.yaml.Yaml;

/** The names of distributions: what Salt calls them, and which family they are of. */
final class Distributions {
  /** What many names have behind the distribution's own. */
  private static final List<Pattern> SYSTEM_NAMES =
      List.of(Pattern.compile("(?i)\\Wgnu/linux"), Pattern.compile("(?i)\\Wlinux"));

  /** Short names by the first ten letters of the full name. */
  private static final Map<?, ?> NAMES =
      (Map<?, ?>)
          Yaml.load(
              """
              alibabaclo: Alinux
              almalinux: AlmaLinux
              alt: ALT
              amazonami: Amazon
              antergos: Antergos
              arch: Arch
              archarm: Arch ARM
              chapeau: Chapeau
              cloudlinux: CloudLinux
              cloudserve: CloudLinux
              debian: Debian
              enterprise: OEL
              fedoraremi: Fedora
              gentoobase: Gentoo
              korora: Korora
              linuxmint: Mint
              manjaro: Manjaro
              manjarolin: Manjaro
              mendel: Mendel
              neon: KDE neon
              nilrt: NILinuxRT
              oracleserv: OEL
              photon: VMware Photon OS
              pidora: Fedora
              poky: Poky
              pop: Pop
              raspbian: Raspbian
              redhatente: RedHat
              rocky: Rocky
              scientific: ScientificLinux
              sles: SUSE
              slesexpand: RES
              synology: Synology
              univention: Univention
              void: Void
              """);

  /** Family by family, the distributions that are not a family of their own. */
  private static final Map<String, String> FAMILIES =
      byMember(
          """
          Arch: [Antergos, Arch ARM, EndeavourOS, Manjaro, Manjaro ARM]
          Bluewhite: [Bluewhite64]
          Debian:
            - AstraLinuxCE
            - AstraLinuxSE
            - Cumulus
            - Deepin
            - Devuan
            - GCEL
            - IDMS
            - KDE neon
            - Kali
            - Linaro
            - Mendel
            - Mint
            - OSMC
            - Parrot OS
            - Pop
            - Raspbian
            - Trisquel
            - TurnKey
            - Ubuntu
            - Univention
            - antiX
            - elementary
            - elementary OS
            - neon
          Gentoo: [Funtoo]
          Mandriva: [Mandrake]
          RedHat:
            - ALT
            - Alinux
            - AlmaLinux
            - AlterOS
            - Amazon
            - CentOS
            - CentOS Stream
            - Chapeau
            - CloudLinux
            - FedBerry
            - Fedora
            - GoOSe
            - Korora
            - OEL
            - OVS
            - RED OS
            - RES
            - Rocky
            - Sangoma
            - Scientific
            - ScientificLinux
            - VMware Photon OS
            - XCP
            - XCP-ng
            - XenServer
          Slackware: [Slamd64]
          Suse:
            - SLED
            - SLES
            - SLES_SAP
            - SUSE
            - SUSE  Enterprise Server
            - SUSE Enterprise Server
            - alfaLinux
            - alfaLinux Rise
            - openSUSE
            - openSUSE Leap
            - openSUSE Tumbleweed
          VMware: [VMwareESX]
          """);

  private static final Map<String, String> DEBIAN_ARCHITECTURES =
      Map.of(
          "x86_64", "amd64",
          "aarch64", "arm64",
          "i686", "i386",
          "armv7l", "armhf",
          "ppc64le", "ppc64el");

  private Distributions() {}

  private static Map<String, String> byMember(String yaml) {
    Map<String, String> families = new HashMap<>();
    ((Map<?, ?>) Yaml.load(yaml))
        .forEach(
            (family, members) ->
                ((List<?>) members)
                    .forEach(member -> families.put((String) member, (String) family)));
    return families;
  }

  /** What Salt calls the distribution with that {@code ID} and {@code NAME}. */
  static String os(String id, String name) {
    if (id.equals("astra")) {
      return name.contains("Orel") ? "AstraLinuxCE" : "AstraLinuxSE";
    } else if (id.equals("pop")) {
      return "Pop";
    }
    String bare = name;
    for (Pattern system : SYSTEM_NAMES) {
      bare = system.matcher(bare).replaceAll("");
    }
    bare = bare.strip();
    Object known = NAMES.get(DistributionGrains.shortName(bare));
    return known == null ? bare : (String) known;
  }

  /** The family of a distribution; its own name when it is none of a known one. */
  static String family(String os) {
    return FAMILIES.getOrDefault(os, os);
  }

  /** What dpkg calls an architecture of the kernel. */
  static String debianArchitecture(String kernel) {
    return DEBIAN_ARCHITECTURES.getOrDefault(kernel, kernel);
  }
}
