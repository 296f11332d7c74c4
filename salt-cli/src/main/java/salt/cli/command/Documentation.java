package salt.cli.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import salt.cli.client.MinionReturn;
import salt.common.config.Options;
import salt.common.payload.PythonText;

/** Prints what {@code sys.doc} returns: each function once, whoever returned it. */
final class Documentation {
  private Documentation() {}

  static int print(
      List<MinionReturn> returns, Options options, Conversation conversation, ReturnDisplay display)
      throws IOException {
    if (returns.isEmpty()) {
      conversation.err().println("No minions found to gather docs from");
      return 2;
    }
    Map<String, Object> texts = new TreeMap<>();
    for (MinionReturn one : returns) {
      if (one.value() instanceof Map<?, ?> functions) {
        functions.forEach(
            (name, text) -> {
              if (PythonText.truth(text)) {
                texts.putIfAbsent(PythonText.str(name), text);
              }
            });
      }
    }
    for (Map.Entry<String, Object> text : texts.entrySet()) {
      if (options.text("output", "").isEmpty()) {
        conversation.out().println(text.getKey() + ":\n" + PythonText.str(text.getValue()) + "\n");
      } else {
        display.show("nested", Map.of(text.getKey(), text.getValue()));
      }
    }
    return 0;
  }
}
