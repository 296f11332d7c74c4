package salt.minion.module;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import salt.common.config.Options;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.loader.Function;
import salt.common.loader.Functions;

/**
 * The functions that an operator left a minion: {@code disable_modules} takes modules away, {@code
 * whitelist_modules} leaves only those it names. What is taken away is not available to anybody,
 * other modules included.
 */
public final class ModuleSelection implements Functions {
  /** Real Salt's options name files, and these modules lie in files of other names. */
  private static final Map<String, String> FILES =
      Map.of(
          "cmd", "cmdmod",
          "sys", "sysmod");

  private final Functions all;
  private final Set<String> disabled;
  private final Set<String> only;

  private ModuleSelection(Functions all, Set<String> disabled, Set<String> only) {
    this.all = all;
    this.disabled = disabled;
    this.only = only;
  }

  /** What {@code options} leave of {@code all}. */
  public static Functions of(Functions all, Options options) {
    Set<String> disabled = names(options.list("disable_modules"));
    Set<String> only = names(options.list("whitelist_modules"));
    return disabled.isEmpty() && only.isEmpty() ? all : new ModuleSelection(all, disabled, only);
  }

  private static Set<String> names(List<?> option) {
    Set<String> names = new HashSet<>();
    option.forEach(name -> names.add(String.valueOf(name)));
    return names;
  }

  private boolean has(String module) {
    String file = FILES.getOrDefault(module, module);
    boolean wanted = only.isEmpty() || only.contains(module) || only.contains(file);
    return wanted && !disabled.contains(module) && !disabled.contains(file);
  }

  private boolean hasFunction(String name) {
    int dot = name.indexOf('.');
    return has(dot < 0 ? name : name.substring(0, dot));
  }

  @Override
  public SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(all.names());
    names.removeIf(name -> !hasFunction(name));
    return Collections.unmodifiableSortedSet(names);
  }

  @Override
  public SortedSet<String> modules() {
    SortedSet<String> modules = new TreeSet<>(all.modules());
    modules.removeIf(module -> !has(module));
    return Collections.unmodifiableSortedSet(modules);
  }

  @Override
  public Optional<Function> find(String name) {
    return hasFunction(name) ? all.find(name) : Optional.empty();
  }

  @Override
  public Optional<String> moduleDoc(String module) {
    return has(module) ? all.moduleDoc(module) : Optional.empty();
  }

  @Override
  public Functions with(Supplier<?> context) {
    return new ModuleSelection(all.with(context), disabled, only);
  }

  @Override
  public Object call(String name, List<?> positional, Map<String, ?> keyword, Call call) {
    if (!hasFunction(name)) {
      throw new CallException(CallException.Kind.NOT_AVAILABLE, "'" + name + "' is not available.");
    }
    return all.call(name, positional, keyword, call);
  }
}
