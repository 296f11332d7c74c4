package salt.minion.grain;

import java.math.BigInteger;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import salt.common.config.Options;
import salt.common.daemon.Release;

/** This process and its surroundings: the minion's id, release, user, paths and locale. */
final class ProcessGrains {
  private static final BigInteger SERVER_IDS = BigInteger.ONE.shiftLeft(31);

  private final Machine machine;
  private final Options options;

  ProcessGrains(Machine machine, Options options) {
    this.machine = machine;
    this.options = options;
  }

  Map<String, Object> collect() {
    Map<String, Object> grains = new LinkedHashMap<>();
    String id = options.text("id", "");
    String path = machine.environment().getOrDefault("PATH", "").strip();
    grains.put("cwd", Path.of("").toAbsolutePath().toString());
    grains.put("path", path);
    grains.put("systempath", Arrays.asList(path.split(":", -1)));
    grains.put("shell", machine.environment().getOrDefault("SHELL", "/bin/sh"));
    grains.put("id", id);
    grains.put("master", master());
    grains.put("server_id", serverId(id));
    grains.put("saltversion", Release.SALT);
    grains.put("saltversioninfo", release());
    grains.put("saltpath", installation());
    machine
        .text("/etc/machine-id")
        .or(() -> machine.text("/var/lib/dbus/machine-id"))
        .ifPresent(machineId -> grains.put("machine_id", machineId));
    grains.put("locale_info", locale());
    grains.putAll(user());
    grains.put("pid", ProcessHandle.current().pid());
    grains.put("ps", "ps -efHww");
    grains.put("transactional", machine.program("transactional-update").isPresent());
    return grains;
  }

  private Object master() {
    Object master = options.any("master");
    return master == null ? "" : master;
  }

  private static long serverId(String id) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(id.getBytes(StandardCharsets.UTF_8));
      return new BigInteger(1, digest).mod(SERVER_IDS).longValue();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static List<Object> release() {
    List<Object> numbers = new ArrayList<>();
    for (String part : Release.SALT.split("\\.", -1)) {
      numbers.add(Long.valueOf(part));
    }
    return numbers;
  }

  /** The file or directory that this program lies in. */
  private static String installation() {
    try {
      Path code =
          Path.of(ProcessGrains.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return code.toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("this program lies nowhere", e);
    }
  }

  private Map<String, Object> locale() {
    Map<String, Object> locale = new LinkedHashMap<>();
    String name = "";
    for (String variable : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      if (name.isEmpty()) {
        name = machine.environment().getOrDefault(variable, "");
      }
    }
    int dot = name.indexOf('.');
    String language = dot < 0 ? name : name.substring(0, dot);
    boolean plain = language.isEmpty() || language.equals("C") || language.equals("POSIX");
    String encoding = encoding(dot < 0 ? "" : name.substring(dot + 1));
    String neutral = encoding == null ? null : "en_US";
    locale.put("defaultlanguage", plain ? neutral : language);
    locale.put("defaultencoding", encoding);
    locale.put("detectedencoding", Charset.defaultCharset().name().toLowerCase(Locale.ROOT));
    locale.put(
        "timezone",
        DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH)
            .format(ZonedDateTime.now(ZoneId.systemDefault())));
    return locale;
  }

  private static String encoding(String ofLocale) {
    if (ofLocale.isEmpty()) {
      return null;
    }
    String upper = ofLocale.toUpperCase(Locale.ROOT);
    return upper.equals("UTF8") ? "UTF-8" : upper;
  }

  private Map<String, Object> user() {
    Map<String, Object> user = new LinkedHashMap<>();
    long uid = effective("Uid:");
    long gid = effective("Gid:");
    List<String> account = account("/etc/passwd", uid);
    user.put("username", account.isEmpty() ? System.getProperty("user.name") : account.get(0));
    List<String> group =
        account("/etc/group", account.size() > 3 ? Long.parseLong(account.get(3)) : gid);
    user.put("groupname", group.isEmpty() ? "" : group.get(0));
    user.put("gid", gid);
    user.put("uid", uid);
    return user;
  }

  /** The second of the numbers that the kernel shows: the one that rights are checked by. */
  private long effective(String kind) {
    for (String line : machine.lines("/proc/self/status")) {
      if (line.startsWith(kind)) {
        return Long.parseLong(line.split("\\s+", -1)[2]);
      }
    }
    return 0;
  }

  /** The line of {@code passwd} or {@code group} for a number, split; empty when there is none. */
  private List<String> account(String file, long number) {
    for (String line : machine.lines(file)) {
      List<String> fields = Arrays.asList(line.split(":", -1));
      if (fields.size() > 2 && fields.get(2).equals(Long.toString(number))) {
        return fields;
      }
    }
    return List.of();
  }
}
