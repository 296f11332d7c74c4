package salt.minion.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds programs. */
public final class Executables {
  /** Where a system looks when {@code PATH} is not set. */
  private static final String NO_PATH = "/bin:/usr/bin";

  /** Where we look besides {@code PATH}: daemons often start with a short one. */
  private static final List<String> SYSTEM_DIRECTORIES =
      List.of("/sbin", "/bin", "/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin");

  private static final int HEAD_SIZE = 256;

  private Executables() {}

  /**
   * Where a program lies, by {@code PATH} and then the usual directories of the system; a path that
   * can be run is returned as it is.
   */
  public static Optional<String> which(String program) {
    if (program == null || program.isEmpty()) {
      return Optional.empty();
    }
    if (isProgram(Path.of(program))) {
      return Optional.of(program);
    }
    String path = System.getenv("PATH");
    List<String> directories = new ArrayList<>(List.of((path == null ? "" : path).split(":")));
    directories.addAll(SYSTEM_DIRECTORIES);
    String name = program.replaceFirst("^/+", "");
    return directories.stream()
        .map(directory -> Path.of(directory, name))
        .filter(Executables::isProgram)
        .map(Path::toString)
        .findFirst();
  }

  /**
   * Checks that the system can start {@code program} from {@code directory}, as the launchers in
   * front of it can't report it well.
   */
  static void check(String program, Path directory, Map<String, String> environment)
      throws LaunchFailure {
    if (program.isEmpty()) {
      throw LaunchFailure.notFound(program);
    }
    boolean denied = false;
    for (Path candidate : candidates(program, directory, environment)) {
      if (isProgram(candidate)) {
        checkFormat(candidate, program);
        return;
      }
      denied |= Files.exists(candidate);
    }
    throw denied ? LaunchFailure.denied(program) : LaunchFailure.notFound(program);
  }

  private static List<Path> candidates(
      String program, Path directory, Map<String, String> environment) {
    if (program.contains("/")) {
      return List.of(directory.resolve(program));
    }
    List<Path> candidates = new ArrayList<>();
    for (String entry : environment.getOrDefault("PATH", NO_PATH).split(":", -1)) {
      candidates.add(directory.resolve(entry).resolve(program));
    }
    return candidates;
  }

  static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  /** A text file needs a first line with an interpreter that is there. */
  private static void checkFormat(Path file, String program) throws LaunchFailure {
    byte[] head = head(file);
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("#!")) {
      String interpreter = text.substring(2).lines().findFirst().orElse("").strip();
      int end = interpreter.indexOf(' ') < 0 ? interpreter.length() : interpreter.indexOf(' ');
      if (!Files.exists(file.resolveSibling(interpreter.substring(0, end)))) {
        throw LaunchFailure.notFound(program);
      }
    } else if (text.indexOf('\0') < 0) {
      throw LaunchFailure.notExecutable(program);
    }
  }

  private static byte[] head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD_SIZE);
    } catch (java.nio.file.AccessDeniedException mayRunButNotRead) {
      return new byte[1];
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + file, e);
    }
  }
}
