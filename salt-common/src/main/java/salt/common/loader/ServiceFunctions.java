package salt.common.loader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The functions that the annotation processor indexed. A module may be spread over several classes;
 * its declarations are read when one of its functions is looked for, and each class is made when
 * the first of its functions is called. Thread-safe.
 */
public final class ServiceFunctions implements Functions {
  private final Supplier<?> context;
  private final NavigableMap<String, Module> modules;
  private final Map<ModuleIndex, Instance> instances = new ConcurrentHashMap<>();

  /**
   * The functions of one kind on the class path.
   *
   * @param context gives what the modules' constructors take; asked when a module is made
   */
  public ServiceFunctions(ModuleIndex.Kind kind, Supplier<?> context) {
    this(ServiceLoader.load(ModuleIndex.class, ModuleIndex.class.getClassLoader()), kind, context);
  }

  ServiceFunctions(Iterable<ModuleIndex> indexes, ModuleIndex.Kind kind, Supplier<?> context) {
    this(new TreeMap<>(), context);
    for (ModuleIndex index : indexes) {
      if (index.kind() == kind) {
        modules.computeIfAbsent(index.module(), name -> new Module()).parts.add(index);
      }
    }
  }

  private ServiceFunctions(NavigableMap<String, Module> modules, Supplier<?> context) {
    this.modules = modules;
    this.context = context;
  }

  @Override
  public SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    modules.values().forEach(module -> names.addAll(module.functions().keySet()));
    return Collections.unmodifiableSortedSet(names);
  }

  @Override
  public SortedSet<String> modules() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(modules.keySet()));
  }

  @Override
  public Optional<Function> find(String name) {
    return declared(name).map(Declared::function);
  }

  @Override
  public Optional<String> moduleDoc(String module) {
    return Optional.ofNullable(modules.get(module)).map(found -> found.parts.get(0).doc());
  }

  @Override
  public Object call(String name, List<?> positional, Map<String, ?> keyword, Call call) {
    Declared declared =
        declared(name)
            .orElseThrow(
                () ->
                    new CallException(
                        CallException.Kind.NOT_AVAILABLE, "'" + name + "' is not available."));
    Object[] bound = Binding.bind(declared.function(), positional, keyword);
    return instances
        .computeIfAbsent(declared.part(), Instance::new)
        .invoke(declared.position(), new BoundArguments(declared.function(), bound, call));
  }

  @Override
  public Functions with(Supplier<?> other) {
    return new ServiceFunctions(modules, other);
  }

  private Optional<Declared> declared(String name) {
    int dot = name.indexOf('.');
    Module module = dot < 0 ? null : modules.get(name.substring(0, dot));
    return module == null ? Optional.empty() : Optional.ofNullable(module.functions().get(name));
  }

  /** A function, and where it is declared. */
  private record Declared(Function function, ModuleIndex part, int position) {}

  /** A module, which may be spread over several classes. */
  private static final class Module {
    private final List<ModuleIndex> parts = new ArrayList<>();
    private Map<String, Declared> functions;

    synchronized Map<String, Declared> functions() {
      if (functions == null) {
        functions = new HashMap<>();
        parts.forEach(this::declare);
      }
      return functions;
    }

    private void declare(ModuleIndex part) {
      List<Function> declared = part.functions();
      for (int i = 0; i < declared.size(); i++) {
        Function function = declared.get(i);
        declare(function.name(), new Declared(function, part, i));
        for (String alias : function.aliases()) {
          declare(alias, new Declared(function, part, i));
        }
      }
    }

    private void declare(String name, Declared declared) {
      if (functions.put(name, declared) != null) {
        throw new IllegalStateException("two classes declare the function '" + name + "'");
      }
    }
  }

  /** One class of a module, made on its first call. */
  private final class Instance {
    private final ModuleIndex index;
    private Object instance;

    Instance(ModuleIndex index) {
      this.index = index;
    }

    private synchronized Object instance() {
      if (instance == null) {
        instance = index.create(context.get());
      }
      return instance;
    }

    Object invoke(int position, BoundArguments arguments) {
      try {
        return index.invoke(position, instance(), arguments);
      } catch (RuntimeException e) {
        throw e;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CallException(CallException.Kind.EXECUTION, "the call was interrupted", e);
      } catch (Exception e) {
        throw new IllegalStateException(e.toString(), e);
      }
    }
  }
}
