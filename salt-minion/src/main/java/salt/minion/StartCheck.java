package salt.minion;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.ConfigException;
import salt.common.config.Options;
import salt.common.payload.PythonText;

/** Says at start which of a minion's options ask for what this minion does not do. */
final class StartCheck {
  private static final Logger log = LoggerFactory.getLogger(StartCheck.class);

  private StartCheck() {}

  /**
   * Refuses options without which the minion would do something else than asked, and warns of those
   * that are only left undone.
   *
   * @throws ConfigException that names the option
   */
  static void check(Options options) {
    List<?> executors = options.list("module_executors");
    if (!executors.isEmpty() && !executors.equals(List.of("direct_call"))) {
      refuse("module_executors", executors, "the only executor is direct_call");
    }
    if (options.flag("sudo_user")) {
      refuse("sudo_user", options.any("sudo_user"), "functions run as the minion's own user");
    }
    if (options.flag("startup_states")) {
      refuse("startup_states", options.any("startup_states"), "there are no states yet");
    }
    String transport = options.text("transport", "zeromq");
    if (!List.of("zeromq", "detect").contains(transport)) {
      refuse("transport", transport, "the only transport is zeromq");
    }
    warn(options, "source_ret_port", "the system chooses the port requests come from");
    warn(options, "return", "there are no returners; returns go to the master only");
    warn(options, "schedule", "nothing is run by schedule");
    warn(options, "beacons", "there are no beacons");
  }

  private static void refuse(String option, Object value, String why) {
    throw new ConfigException(
        "option " + option + ": " + PythonText.str(value) + " can't be had: " + why);
  }

  private static void warn(Options options, String option, String what) {
    if (options.flag(option)) {
      log.error("option {} is not acted on: {}", option, what);
    }
  }
}
