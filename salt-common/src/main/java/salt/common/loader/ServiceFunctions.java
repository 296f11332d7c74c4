package salt.common.loader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The functions that the annotation processor indexed. A module's declarations are read when one of
 * its functions is looked for, and the module is made on its first call. Thread-safe.
 */
public final class ServiceFunctions implements Functions {
  private final Supplier<?> context;
  private final NavigableMap<String, Module> modules = new TreeMap<>();

  /**
   * The functions of one kind on the class path.
   *
   * @param context gives what the modules' constructors take; asked when a module is made
   * @throws IllegalStateException when two classes declare the same module
   */
  public ServiceFunctions(ModuleIndex.Kind kind, Supplier<?> context) {
    this(ServiceLoader.load(ModuleIndex.class, ModuleIndex.class.getClassLoader()), kind, context);
  }

  ServiceFunctions(Iterable<ModuleIndex> indexes, ModuleIndex.Kind kind, Supplier<?> context) {
    this.context = context;
    for (ModuleIndex index : indexes) {
      if (index.kind() == kind && modules.put(index.module(), new Module(index)) != null) {
        throw new IllegalStateException("two classes declare the module '" + index.module() + "'");
      }
    }
  }

  @Override
  public SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    modules.values().forEach(module -> names.addAll(module.positions().keySet()));
    return Collections.unmodifiableSortedSet(names);
  }

  @Override
  public SortedSet<String> modules() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(modules.keySet()));
  }

  @Override
  public Optional<Function> find(String name) {
    return module(name)
        .filter(module -> module.positions().containsKey(name))
        .map(module -> module.functions.get(module.positions().get(name)));
  }

  @Override
  public Optional<String> moduleDoc(String module) {
    return Optional.ofNullable(modules.get(module)).map(found -> found.index.doc());
  }

  @Override
  public Object call(String name, List<?> positional, Map<String, ?> keyword, Call call) {
    Function function =
        find(name)
            .orElseThrow(
                () ->
                    new CallException(
                        CallException.Kind.NOT_AVAILABLE, "'" + name + "' is not available."));
    BoundArguments arguments =
        new BoundArguments(function, Binding.bind(function, positional, keyword), call);
    return module(name).orElseThrow().invoke(name, arguments);
  }

  private Optional<Module> module(String function) {
    int dot = function.indexOf('.');
    return dot < 0
        ? Optional.empty()
        : Optional.ofNullable(modules.get(function.substring(0, dot)));
  }

  private final class Module {
    private final ModuleIndex index;
    private List<Function> functions;
    private Map<String, Integer> positions;
    private Object instance;

    Module(ModuleIndex index) {
      this.index = index;
    }

    synchronized Map<String, Integer> positions() {
      if (positions == null) {
        functions = index.functions();
        Map<String, Integer> found = new LinkedHashMap<>();
        for (int i = 0; i < functions.size(); i++) {
          found.put(functions.get(i).name(), i);
          for (String alias : functions.get(i).aliases()) {
            found.put(alias, i);
          }
        }
        positions = new HashMap<>(found);
      }
      return positions;
    }

    private synchronized Object instance() {
      if (instance == null) {
        instance = index.create(context.get());
      }
      return instance;
    }

    Object invoke(String name, BoundArguments arguments) {
      try {
        return index.invoke(positions().get(name), instance(), arguments);
      } catch (RuntimeException e) {
        throw e;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CallException(CallException.Kind.EXECUTION, name + " was interrupted", e);
      } catch (Exception e) {
        throw new IllegalStateException(e.toString(), e);
      }
    }
  }
}
