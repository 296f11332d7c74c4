package salt.minion.module;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.payload.MessagePack;
import salt.common.payload.PythonText;
import salt.common.target.Minion;
import salt.common.target.Target;

/** The mine of a minion without a master: the key {@code mine_cache} of its data store. */
final class LocalMine implements Mine {
  private static final String KEY = "mine_cache";

  private final MinionContext context;
  private final Path store;

  LocalMine(MinionContext context) {
    this.context = context;
    this.store = context.options().path("cachedir").resolve("datastore");
  }

  @Override
  public synchronized boolean store(Map<String, Object> results, boolean clear) {
    Map<Object, Object> all = new LinkedHashMap<>(clear ? Map.of() : mine());
    all.putAll(results);
    return write(all);
  }

  @Override
  public Object get(Object target, Object function, String targetType, boolean excludeMinion) {
    Map<Object, Object> found = new LinkedHashMap<>();
    String id = context.options().text("id");
    Minion self = new Minion(id, context.grains(), context.pillar());
    Map<?, ?> nodegroups = context.options().map("nodegroups");
    if (!Target.parse(target, targetType, ":", nodegroups).matches(self)) {
      return found;
    }
    List<?> functions =
        function instanceof List<?> list
            ? list
            : Arrays.stream(PythonText.str(function).split(",", -1)).distinct().toList();
    boolean several = function instanceof List<?> || functions.size() > 1;
    Map<?, ?> mine = mine();
    for (Object name : functions) {
      if (mine.containsKey(name)) {
        Object result = open(mine.get(name));
        found.put(several ? name : id, several ? one(id, result) : result);
      }
    }
    return found;
  }

  private static Map<Object, Object> one(String id, Object result) {
    Map<Object, Object> one = new LinkedHashMap<>();
    one.put(id, result);
    return one;
  }

  private static Object open(Object result) {
    return result instanceof Map<?, ?> map && map.containsKey("__saltmine_acl__")
        ? map.get("__data__")
        : result;
  }

  @Override
  public synchronized boolean delete(String function) {
    Map<Object, Object> all = new LinkedHashMap<>(mine());
    all.remove(function);
    return write(all);
  }

  @Override
  public synchronized boolean flush() {
    return write(Map.of());
  }

  private Map<?, ?> mine() {
    return data().get(KEY) instanceof Map<?, ?> map ? map : Map.of();
  }

  private Map<Object, Object> data() {
    try {
      return Files.isRegularFile(store)
          ? new LinkedHashMap<>(MessagePack.unpackMap(Files.readAllBytes(store)))
          : new LinkedHashMap<>();
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + store, e);
    }
  }

  private boolean write(Map<?, ?> mine) {
    Map<Object, Object> data = data();
    data.put(KEY, mine);
    try {
      Files.createDirectories(store.getParent());
      Path temporary = Files.createTempFile(store.getParent(), "datastore", null);
      Files.write(temporary, MessagePack.BIN.pack(data));
      Files.move(temporary, store, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("can't write " + store, e);
    }
  }
}
