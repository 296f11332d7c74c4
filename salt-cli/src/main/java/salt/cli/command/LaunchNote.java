package salt.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The note by which a launcher does without looking for what it found the last time. When the
 * process shows that it is out of date, it goes, and the next start looks anew.
 */
final class LaunchNote {
  private LaunchNote() {}

  /** Deletes the note that this process was started by, if it runs without what that promised. */
  static void check() {
    String note = System.getProperty("salt.note");
    if (note != null) {
      check(
          Path.of(note),
          System.getProperty("java.vm.info", ""),
          System.getProperty("sun.jnu.encoding", ""));
    }
  }

  /**
   * Deletes a note that is out of date.
   *
   * @param machine what the virtual machine says of itself, such as {@code mixed mode, sharing}
   * @param encoding the encoding of file names
   */
  static void check(Path note, String machine, String encoding) {
    if (!machine.contains("sharing") || !encoding.equals("UTF-8")) {
      delete(note);
    }
  }

  private static void delete(Path note) {
    try {
      Files.deleteIfExists(note);
    } catch (IOException e) {
      // It is another's, who starts programs, too.
      return;
    }
  }
}
