package salt.minion.module;

import salt.common.loader.CallException;
import salt.common.payload.PythonText;
import salt.minion.file.FileClient;
import salt.minion.file.FileSource;
import salt.minion.file.LocalFiles;

/** The file client of a minion, and what its options say about environments. */
final class MinionFiles {
  private final MinionContext context;

  MinionFiles(MinionContext context) {
    this.context = context;
  }

  /** A client of the master's files, or of our own without a master. */
  static FileClient client(MinionContext context) {
    FileSource local = new LocalFiles(context.options());
    boolean alone = "local".equals(context.options().text("file_client"));
    FileSource server =
        load ->
            alone || context.master().isEmpty()
                ? local.ask(load)
                : context.master().get().request(load);
    return new FileClient(server, context.options());
  }

  /** The environment of a call: as given, or else the minion's. */
  String saltenv(String given) {
    return given == null || given.isEmpty() ? context.options().text("saltenv", "base") : given;
  }

  /** Refuses to render a path, unless there is nothing to render. */
  static void checkTemplate(String template, String... texts) {
    CommandGuard.checkTemplate(template, String.join("\n", texts));
  }

  /** A gzip level as an operator writes it. */
  static Integer gzip(Object level) {
    if (!PythonText.truth(level)) {
      return null;
    }
    try {
      return Integer.valueOf(PythonText.str(level));
    } catch (NumberFormatException e) {
      throw new CallException(
          CallException.Kind.INVOCATION, "gzip must be a level, not " + PythonText.repr(level), e);
    }
  }
}
