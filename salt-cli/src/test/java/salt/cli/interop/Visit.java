package salt.cli.interop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** All cells of one master with its minions, which are started once; run one after the other. */
final class Visit implements Runnable {
  private final Installation installation;
  private final ResultTable table;
  private final Map<Cell, CompletableFuture<Void>> results = new LinkedHashMap<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /**
   * A visit that has not begun.
   *
   * @param cells all of the same release, master and minions
   * @param table to note in what comes out
   */
  Visit(Installation installation, List<Cell> cells, ResultTable table) {
    this.installation = installation;
    this.table = table;
    cells.forEach(cell -> results.put(cell, new CompletableFuture<>()));
  }

  @Override
  public void run() {
    Map<String, Trial> trials = Trials.all();
    Corner corner = results.keySet().iterator().next().corner();
    try (Site site = new Site(installation, corner)) {
      results.forEach((cell, result) -> run(site, cell, trials.get(cell.trial()), result));
    } catch (Exception | AssertionError e) {
      // Without a site nothing was run; cells that have a result keep it.
      results.values().forEach(result -> result.completeExceptionally(e));
      end.completeExceptionally(e);
    }
    end.complete(null);
  }

  private void run(Site site, Cell cell, Trial trial, CompletableFuture<Void> result) {
    long begin = System.nanoTime();
    try {
      trial.run(new Console(site, cell.corner().cli()));
      table.note(cell, "ok %.1fs".formatted((System.nanoTime() - begin) / 1e9));
      result.complete(null);
    } catch (Exception | AssertionError e) {
      table.note(cell, "FAILED");
      result.completeExceptionally(e);
    }
  }

  /** Waits for the result of a cell and fails as it did. */
  void await(Cell cell) throws Throwable {
    await(results.get(cell));
  }

  /** Waits until all is stopped and removed. */
  void awaitEnd() throws Throwable {
    await(end);
  }

  private static void await(CompletableFuture<Void> result) throws Throwable {
    try {
      result.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }
}
