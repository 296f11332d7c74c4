package salt.minion.module;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.job.ArgumentText;
import salt.common.loader.Argument;
import salt.common.loader.CallException;
import salt.common.payload.PythonText;

/**
 * A job that a minion asks the master to run on others.
 *
 * @param tgt the target
 * @param fun the function to run there
 * @param arg its arguments: a list, or one argument; text is read as YAML
 * @param tgtType the type of the target
 * @param returner where the minions send what they return beside the master
 * @param timeout seconds to wait; minions that have not returned by then are left out
 * @param viaMaster the address of the master to ask
 */
record PeerJob(
    Object tgt,
    String fun,
    @Argument.Default("null") Object arg,
    @Argument.Default("glob") String tgtType,
    @Argument.Default("''") String returner,
    @Argument.Default("5") double timeout,
    @Argument.Default("null") String viaMaster) {

  /** Refuses a master other than the one at this address. */
  void checkMaster(String address) {
    if (viaMaster != null && !viaMaster.isEmpty() && !viaMaster.equals(address)) {
      throw new CallException(
          CallException.Kind.INVOCATION,
          "Could not find match for "
              + viaMaster
              + " in list of configured masters "
              + PythonText.repr(List.of(address))
              + " when using `via_master` option");
    }
  }

  /** What the master is asked; {@code form} says how much of each return is wanted. */
  Map<String, Object> load(String form, List<?> unparsed) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "minion_pub");
    load.put("fun", fun);
    load.put("arg", arguments(arg));
    load.put("tgt", tgt);
    load.put("tgt_type", tgtType);
    load.put("ret", returner);
    load.put("no_parse", unparsed);
    load.put("form", form);
    load.put("tmo", seconds(timeout));
    return load;
  }

  /** Text is read as YAML; what is then no list is the one argument. */
  static List<?> arguments(Object arg) {
    Object value = arg instanceof String text ? ArgumentText.value(text) : arg;
    if (value instanceof List<?> list) {
      return list;
    }
    return value == null ? List.of() : List.of(value);
  }

  /** Whole seconds as Python's integer. */
  static Object seconds(double timeout) {
    return timeout == Math.rint(timeout) ? (Object) (long) timeout : (Object) timeout;
  }
}
