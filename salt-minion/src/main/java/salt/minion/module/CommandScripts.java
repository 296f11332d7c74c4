package salt.minion.module;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.payload.PythonText;
import salt.minion.process.Accounts;
import salt.minion.process.ShellWords;

/** Scripts as files that only their user can read, for as long as they run. */
final class CommandScripts {
  private static final Set<PosixFilePermission> READ_AND_RUN =
      PosixFilePermissions.fromString("r-x------");
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** Runs the script, then removes it: for scripts that outlive the call that started them. */
  private static final String RUN_AND_REMOVE =
      "file=$1; shift; \"$file\" \"$@\"; code=$?; rm -f -- \"$file\"; exit $code";

  private final MinionContext context;
  private final Accounts accounts;

  CommandScripts(MinionContext context, Accounts accounts) {
    this.context = context;
    this.accounts = accounts;
  }

  /** What {@code cmd.script} returns when there is no such script. */
  static Map<String, Object> notFound() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("pid", 0L);
    result.put("retcode", 1L);
    result.put("stdout", "");
    result.put("stderr", "");
    result.put("cache_error", true);
    return result;
  }

  /**
   * Fetches a script.
   *
   * @param options those it runs with: it is put into their {@code cwd}, readable for their {@code
   *     runas}
   * @return where it lies; null when there is no such script
   */
  Path fetch(String source, CommandOptions options, Call call) {
    String env =
        options.saltenv() == null ? context.options().text("saltenv", "base") : options.saltenv();
    Object cached = context.functions().call("cp.cache_file", List.of(source, env), Map.of(), call);
    if (!(cached instanceof String path) || path.isEmpty()) {
      return null;
    }
    try {
      byte[] content = Files.readAllBytes(Path.of(path));
      CommandGuard.checkTemplate(options.template(), new String(content, StandardCharsets.UTF_8));
      return write(content, options.cwd(), extension(source), options.runas());
    } catch (IOException e) {
      throw new UncheckedIOException("can't copy the script " + source, e);
    }
  }

  /** Writes a script whose text is at hand. */
  Path write(String code, String runas) {
    try {
      return write(code.getBytes(StandardCharsets.UTF_8), null, "", runas);
    } catch (IOException e) {
      throw new UncheckedIOException("can't write the code into a file", e);
    }
  }

  private Path write(byte[] content, String directory, String extension, String runas)
      throws IOException {
    Path folder = Path.of(directory == null ? System.getProperty("java.io.tmpdir") : directory);
    Path file = Files.createTempFile(folder, "__salt.tmp.", extension, PRIVATE);
    Files.write(file, content);
    if (runas != null) {
      Accounts.User user =
          accounts
              .user(runas)
              .orElseThrow(
                  () ->
                      new CallException(
                          CallException.Kind.EXECUTION, "User '" + runas + "' is not available"));
      Files.setAttribute(file, "unix:uid", (int) user.uid());
    }
    Files.setPosixFilePermissions(file, READ_AND_RUN);
    return file;
  }

  private static String extension(String source) {
    String name = source.split("[?]", 2)[0];
    name = name.substring(name.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(dot) : "";
  }

  /** The program and arguments that run a script, and remove it when nobody waits for it. */
  static List<String> arguments(Path script, Object arguments, boolean background) {
    List<String> all = new ArrayList<>();
    if (background) {
      all.addAll(List.of("/bin/sh", "-c", RUN_AND_REMOVE, "salt-cmd-script"));
    }
    all.add(script.toString());
    if (arguments instanceof List<?> list) {
      list.forEach(argument -> all.add(PythonText.str(argument)));
    } else if (PythonText.truth(arguments)) {
      all.addAll(ShellWords.split(PythonText.str(arguments)));
    }
    return all;
  }

  static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("can't remove the script " + file, e);
    }
  }
}
