package salt.cli.command;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Predicate;
import salt.cli.client.MinionReturn;

/** What {@code --summary} adds. */
final class ReturnSummary {
  private static final String RULE = "-".repeat(43);

  private ReturnSummary() {}

  /**
   * Prints it.
   *
   * @param verbose whether minions are named, too
   */
  static void print(List<MinionReturn> returns, boolean verbose, PrintStream out) {
    Predicate<MinionReturn> returned = MinionReturn::returned;
    Predicate<MinionReturn> failed = returned.and(one -> one.exitCode() != 0);
    out.println("\n\n" + RULE + "\nSummary\n" + RULE);
    out.println("# of minions targeted: " + returns.size());
    out.println("# of minions returned: " + count(returns, returned));
    out.println("# of minions that did not return: " + count(returns, returned.negate()));
    out.println("# of minions with errors: " + count(returns, failed));
    if (verbose) {
      Predicate<MinionReturn> lost = one -> one.value().toString().contains("Not connected");
      Predicate<MinionReturn> silent = returned.negate();
      name("Minions not connected: ", returns, silent.and(lost), out);
      name("Minions not responding: ", returns, silent.and(lost.negate()), out);
      name("Minions with failures: ", returns, failed, out);
    }
    out.println(RULE);
  }

  private static long count(List<MinionReturn> returns, Predicate<MinionReturn> which) {
    return returns.stream().filter(which).count();
  }

  private static void name(
      String label, List<MinionReturn> returns, Predicate<MinionReturn> which, PrintStream out) {
    List<String> ids = returns.stream().filter(which).map(MinionReturn::id).toList();
    if (!ids.isEmpty()) {
      out.println(label + String.join(" ", ids));
    }
  }
}
