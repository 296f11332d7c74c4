package salt.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.cli.output.Display;
import salt.cli.output.OutputOptions;
import salt.common.config.Options;
import salt.common.job.Arguments;
import salt.common.job.Jid;
import salt.common.loader.CallException;
import salt.master.runner.MasterEvents;
import salt.master.runner.Runners;

/**
 * {@code salt-run}: runs a runner in this process, and shows what it tells and returns.
 *
 * <p>A master on this machine, of either implementation, gets the events of the run; runners that
 * need minions publish by it, as {@code salt} does.
 */
public final class RunCommand implements Command<FunctionRequest> {
  private static final Logger log = LoggerFactory.getLogger(RunCommand.class);
  private static final int OK = 0;
  private static final String RETCODE = "retcode";

  private final Clock clock;

  /** Makes the command; {@code clock} dates events and runs. */
  public RunCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public int run(FunctionRequest request, Terminal terminal) {
    Options options = request.options();
    Display display =
        new Display(OutputOptions.of(options.asMap(), terminal.interactive()), terminal.out());
    try (MasterEvents events = new MasterEvents(options, clock)) {
      Runners runners =
          new Runners(
              options,
              new Runners.Surroundings(
                  new LocalMinions(options, terminal),
                  events,
                  (suffix, data) -> show(display, options, suffix, data),
                  terminal.out()::println),
              clock);
      return new Session(request, terminal, runners, display).run();
    }
  }

  /** Shows what a run tells of itself, except that it begins. */
  private static void show(
      Display display, Options options, String suffix, Map<String, Object> data) {
    if (options.flag("quiet") || suffix.equals("new")) {
      return;
    }
    if (!suffix.equals("ret")) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("suffix", suffix);
      told.put("event", data);
      show(display, null, told);
      return;
    }
    Object returned = data.get("return");
    Runners.withOutputter(returned)
        .ifPresentOrElse(
            wrapped ->
                show(
                    display,
                    wrapped.get("outputter") instanceof String name ? name : null,
                    wrapped.get("data")),
            () -> show(display, null, returned));
  }

  private static void show(Display display, String outputter, Object data) {
    try {
      display.show(outputter, data);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the result: " + e, e);
    }
  }

  /** One call. */
  private final class Session {
    private final FunctionRequest request;
    private final Options options;
    private final Terminal terminal;
    private final Runners runners;
    private final Display display;

    Session(FunctionRequest request, Terminal terminal, Runners runners, Display display) {
      this.request = request;
      this.options = request.options();
      this.terminal = terminal;
      this.runners = runners;
      this.display = display;
    }

    int run() {
      if (options.flag("doc")) {
        printDocs();
        return OK;
      }
      String jid = options.text("jid", new Jid(clock, options.flag("unique_jid")).next());
      Arguments arguments = Arguments.ofPublication(request.arg());
      try {
        runners.check(request.fun(), arguments);
      } catch (CallException problem) {
        runners.refuse(request.fun(), request.arg(), jid, problem);
        if (!options.flag("quiet")) {
          show(display, "nested", runners.explain(request.fun(), problem));
        }
        return OK;
      }
      if (options.flag("async")) {
        new DetachedRun(request, terminal).start(jid);
        log.warn(
            "Running in asynchronous mode. Results of this execution may be collected by attaching"
                + " to the master event bus or by examining the master job cache, if configured."
                + " This execution is running under tag salt/run/{}",
            jid);
        return OK;
      }
      return exitCode(runners.run(request.fun(), arguments, jid, caller()));
    }

    /** Who runs it: root by way of sudo is shown as who called sudo. */
    private String caller() {
      String login = terminal.surroundings().user();
      String sudoer = terminal.environment().get("SUDO_USER");
      return login.equals("root") && sudoer != null ? "sudo_" + sudoer : login;
    }

    private void printDocs() {
      runners
          .docs(request.fun())
          .forEach(
              (name, doc) -> {
                show(display, "text", name + ":");
                terminal.out().println(doc);
              });
    }

    /** A run's own code, or one that its return has. */
    private int exitCode(Map<String, Object> data) {
      Object value = data.get(RETCODE);
      if (value == null && data.get("return") instanceof Map<?, ?> returned) {
        value = returned.get(RETCODE);
        if (!returned.containsKey(RETCODE) && returned.get("data") instanceof Map<?, ?> inner) {
          value = inner.get(RETCODE);
        }
      }
      return value instanceof Number code ? code.intValue() & 0xff : OK;
    }
  }
}
