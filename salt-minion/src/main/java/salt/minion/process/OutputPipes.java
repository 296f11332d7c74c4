package salt.minion.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Named pipes for the output of programs, in a directory of our own; used again and again.
 *
 * <p>The pipes of the JDK won't do: it closes our end when the program ends, and children that the
 * program left behind lose what they write from then on. Thread-safe.
 */
final class OutputPipes {
  /** How the names of our directories begin. */
  static final String NAME = "salt-pipes-";

  private static final int MADE_AT_ONCE = 2;
  private static final int PATIENCE_SECONDS = 30;

  private final Deque<Path> free = new ArrayDeque<>();
  private Path directory;
  private int number;

  /** A pipe that nobody else uses. */
  synchronized OutputPipe open() throws IOException {
    Path path = free.poll();
    while (path != null && !isPipe(path)) {
      path = free.poll();
    }
    if (path == null) {
      make();
      path = free.remove();
    }
    return new OutputPipe(this, path);
  }

  /** Takes back a pipe that nobody holds open any more. */
  synchronized void giveBack(Path path) {
    free.add(path);
  }

  private void make() throws IOException {
    if (directory == null || !Files.isDirectory(directory)) {
      directory =
          Files.createTempDirectory(
              NAME,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      directory.toFile().deleteOnExit();
    }
    List<Path> paths = new ArrayList<>();
    List<String> command = new ArrayList<>(List.of("mkfifo", "-m", "600"));
    for (int i = 0; i < MADE_AT_ONCE; i++) {
      Path path = directory.resolve(String.valueOf(number++));
      paths.add(path);
      command.add(path.toString());
      path.toFile().deleteOnExit();
    }
    run(command);
    free.addAll(paths);
  }

  private static void run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException("mkfifo could not make the pipes for the output of programs");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while making pipes", e);
    }
  }

  /** Whether the pipe is still there: some systems clean their temporary directory. */
  private static boolean isPipe(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isOther();
    } catch (IOException gone) {
      return false;
    }
  }
}
