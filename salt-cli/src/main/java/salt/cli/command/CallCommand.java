package salt.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import salt.cli.output.Display;
import salt.cli.output.OutputOptions;
import salt.common.config.Options;
import salt.common.job.Arguments;
import salt.common.loader.CallFailure;
import salt.common.loader.Function;
import salt.common.loader.Functions;
import salt.common.transport.TransportException;
import salt.common.transport.ZeroMqTransport;
import salt.minion.Caller;
import salt.minion.grain.Grains;

/** {@code salt-call}: calls one function on this machine and prints what it returns. */
final class CallCommand implements Command<FunctionRequest> {
  private static final int NOT_SIGNED_IN = 2;

  @Override
  public int run(FunctionRequest request, Terminal terminal) {
    Options options = Callers.overridden(request.options());
    boolean local = options.flag("local") || "local".equals(options.text("file_client", ""));
    Supplier<Map<String, Object>> grains =
        options.flag("skip_grains") ? LinkedHashMap::new : () -> new Grains(options).collect();
    if (local) {
      try (Caller caller = Caller.local(options, grains, Clock.system(ZoneId.systemDefault()))) {
        return serve(caller, request, options, terminal, false);
      }
    }
    try (ZeroMqTransport transport = new ZeroMqTransport();
        Caller caller =
            Caller.signedIn(options, transport, grains, Clock.system(ZoneId.systemDefault()))) {
      return serve(caller, request, options, terminal, !options.flag("no_return_event"));
    } catch (TransportException e) {
      terminal.err().println("[ERROR   ] " + e.getMessage());
      return NOT_SIGNED_IN;
    }
  }

  private static int serve(
      Caller caller, FunctionRequest request, Options options, Terminal terminal, boolean returns) {
    Display display =
        new Display(OutputOptions.of(options.asMap(), terminal.interactive()), terminal.out());
    try {
      if (options.flag("grains_run")) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("local", caller.grains());
        display.show("grains", shown);
        return 0;
      }
      if (options.flag("doc")) {
        document(caller.functions(), request.fun(), terminal);
        return 0;
      }
      return call(caller, request, options, terminal, returns, display);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the result: " + e.getMessage(), e);
    }
  }

  private static void document(Functions functions, String prefix, Terminal terminal) {
    for (String name : functions.names()) {
      if (name.equals(prefix) || name.startsWith(prefix + ".") || prefix.isEmpty()) {
        String doc = functions.find(name).map(Function::doc).orElse("");
        terminal.out().println(name + ":\n" + doc + "\n");
      }
    }
  }

  private static int call(
      Caller caller,
      FunctionRequest request,
      Options options,
      Terminal terminal,
      boolean returns,
      Display display)
      throws IOException {
    Caller.Called called;
    try {
      called = caller.call(request.fun(), request.arg());
    } catch (RuntimeException e) {
      String doc = caller.functions().find(request.fun()).map(Function::doc).orElse("");
      CallFailure failure = new CallFailure(request.fun(), doc, e);
      terminal.err().print(failure.commandMessage());
      return failure.exitCode();
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("local", called.value());
    if (options.flag("print_metadata")) {
      display.show("nested", Map.of("local", metadata(request, options, called)));
    } else {
      display.show(called.outputter(), shown);
    }
    if (returns) {
      caller.returnToMaster(request.fun(), request.arg(), called);
    }
    if (options.flag("retcode_passthrough")) {
      return (int) called.retcode();
    }
    return called.retcode() == 0 ? 0 : 1;
  }

  private static Map<String, Object> metadata(
      FunctionRequest request, Options options, Caller.Called called) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("jid", called.jid());
    all.put("return", called.value());
    all.put("retcode", called.retcode());
    all.put("id", options.text("id"));
    all.put("fun", request.fun());
    all.put("fun_args", List.copyOf(Arguments.ofPublication(request.arg()).positional()));
    return all;
  }
}
