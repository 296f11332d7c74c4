package salt.cli.command;

/**
 * What a program does with its request.
 *
 * @param <R> the request, such as {@link SaltRequest}
 */
@FunctionalInterface
public interface Command<R> {
  /**
   * Does it.
   *
   * @param request what the command line asks for
   * @param terminal where to read and print
   * @return the exit code of the program
   */
  int run(R request, Terminal terminal);
}
