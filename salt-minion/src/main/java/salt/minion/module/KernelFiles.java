package salt.minion.module;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the kernel tells in files below {@code /proc}. */
final class KernelFiles {
  private static final int LOGIN_LENGTH = 384;
  private static final short LOGGED_IN = 7;

  private final Path folder;

  KernelFiles(Path folder) {
    this.folder = folder;
  }

  /** A process; {@code commandLine} is empty for a thread of the kernel. */
  record Running(String user, String name, String commandLine) {
    /** As {@code ps} shows it. */
    String shown() {
      return commandLine.isEmpty() ? "[" + name + "]" : commandLine;
    }
  }

  String text(String file) throws IOException {
    byte[] content = Files.readAllBytes(folder.resolve(file));
    return new String(content, StandardCharsets.UTF_8).strip();
  }

  List<String> lines(String file) throws IOException {
    return text(file).lines().toList();
  }

  List<List<String>> words(String file) throws IOException {
    return lines(file).stream().map(line -> Arrays.asList(line.strip().split("\\s+", -1))).toList();
  }

  static Object number(String text) {
    return text.matches("-?\\d{1,18}") ? (Object) Long.valueOf(text) : text;
  }

  /** The ids of all processes, in their order. */
  List<Long> processes() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .map(Long::valueOf)
          .sorted()
          .toList();
    }
  }

  /** A process; empty when it has ended. */
  Optional<Running> process(long pid) throws IOException {
    try {
      String user = Files.getOwner(folder.resolve(Long.toString(pid))).getName();
      String commandLine = text(pid + "/cmdline").replace('\0', ' ').strip();
      return Optional.of(new Running(user, text(pid + "/comm"), commandLine));
    } catch (NoSuchFileException ended) {
      return Optional.empty();
    } catch (IOException e) {
      if (Files.exists(folder.resolve(pid + "/comm"))) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** The number of users in the records of logins. */
  static long logins(byte[] records) {
    long users = 0;
    ByteBuffer buffer = ByteBuffer.wrap(records).order(ByteOrder.nativeOrder());
    for (int i = 0; i + LOGIN_LENGTH <= records.length; i += LOGIN_LENGTH) {
      if (buffer.getShort(i) == LOGGED_IN) {
        users++;
      }
    }
    return users;
  }
}
