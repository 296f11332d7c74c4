package salt.master.runner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.loader.Exposed;
import salt.common.loader.Functions;
import salt.common.loader.Runner;

/** Shows what is written about functions. */
@Runner("doc")
final class DocRunner {
  private final RunnerContext context;

  DocRunner(RunnerContext context) {
    this.context = context;
  }

  /**
   * Returns what is written about all runners.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run doc.runner
   * }</pre>
   */
  @Exposed
  Map<String, Object> runner() {
    Map<String, Object> docs = new LinkedHashMap<>();
    Functions functions = context.functions().get();
    for (String name : functions.names()) {
      functions.find(name).ifPresent(function -> docs.put(name, function.doc()));
    }
    return docs;
  }

  /**
   * Returns what is written about the execution modules of all minions.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run doc.execution
   * }</pre>
   */
  @Exposed
  Object execution() {
    try {
      Map<Object, Object> docs = new LinkedHashMap<>();
      context
          .minions()
          .run(
              new MinionClient.Order(
                  "*",
                  "glob",
                  "sys.doc",
                  List.of(),
                  context.options().integer("timeout"),
                  context.options().integer("gather_job_timeout")))
          .returns()
          .values()
          .forEach(
              result -> {
                if (result.get("return") instanceof Map<?, ?> found) {
                  docs.putAll(found);
                }
              });
      return docs;
    } catch (MinionClient.MinionClientException e) {
      context.out().accept(e.getMessage());
      return List.of();
    }
  }
}
