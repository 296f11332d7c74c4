package salt.minion.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import salt.common.payload.Bytes;

/**
 * A program to run.
 *
 * @param arguments the program and its arguments; a program without a slash is looked for in the
 *     {@code PATH} of {@code environment}
 * @param directory where it starts
 * @param environment all of its environment; nothing is inherited
 * @param stdin what it reads; null for nothing
 * @param mergeErrors whether its standard error goes where its standard output goes
 * @param timeout after which it is killed; null for never
 * @param identity who it runs as
 */
public record Command(
    List<String> arguments,
    Path directory,
    Map<String, String> environment,
    Bytes stdin,
    boolean mergeErrors,
    Duration timeout,
    Identity identity) {

  /** A program in the root directory with this process' own environment, user and file mask. */
  public static Command of(String... arguments) {
    return new Command(
        List.of(arguments), Path.of("/"), System.getenv(), null, false, null, Identity.OWN);
  }

  /** The same, killed after {@code timeout}. */
  public Command within(Duration timeout) {
    return new Command(arguments, directory, environment, stdin, mergeErrors, timeout, identity);
  }

  /**
   * Who a program runs as.
   *
   * @param account the user and groups to switch to; null for those of this process
   * @param umask the file mask to set; null for that of this process
   */
  public record Identity(Account account, Integer umask) {
    /** As this process. */
    public static final Identity OWN = new Identity(null, null);
  }

  /**
   * The ids of a user to switch to.
   *
   * @param groups the supplementary groups
   */
  public record Account(long uid, long gid, List<Long> groups) {}
}
