package salt.minion.module;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Argument.Default;
import salt.common.loader.Argument.Keywords;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.payload.PythonText;
import salt.common.transport.TransportException;

/** Fires events, on the minion's bus or the master's. */
@ExecutionModule("event")
final class EventModule {
  private static final Logger LOG = LoggerFactory.getLogger(EventModule.class);

  private final MinionContext context;

  EventModule(MinionContext context) {
    this.context = context;
  }

  /**
   * Fires an event on the master's bus. Returns whether it was sent.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt web1 event.fire_master '{version: 7}' shop/deployed
   * }</pre>
   *
   * @param data usually a map
   * @param tag the event's tag
   * @param preload further fields of the message to the master
   */
  @Exposed
  boolean fireMaster(Object data, Object tag, @Default("null") Map<Object, Object> preload) {
    if (isLocal()) {
      LOG.warn("event {} is not sent: this minion has no master", tag);
      return false;
    }
    try {
      send(data, PythonText.str(tag), preload == null ? Map.of() : preload);
      return true;
    } catch (TransportException e) {
      LOG.warn("event {} could not be sent: {}", tag, e.getMessage());
      return false;
    }
  }

  private void send(Object data, String tag, Map<Object, Object> preload) {
    MinionContext.MasterLink master = context.master().orElseThrow();
    if (preload.isEmpty() && data instanceof Map<?, ?> fields) {
      master.fireEvent(tag, named(fields));
      return;
    }
    Map<String, Object> load = named(preload);
    load.put("tag", tag);
    load.put("data", data);
    load.put("cmd", "_minion_event");
    master.request(load);
  }

  private static Map<String, Object> named(Map<?, ?> fields) {
    Map<String, Object> named = new LinkedHashMap<>();
    fields.forEach((name, value) -> named.put(PythonText.str(name), value));
    return named;
  }

  private boolean isLocal() {
    boolean local =
        context.options().flag("local") || "local".equals(context.options().any("file_client"));
    return context.master().isEmpty()
        || (local && !context.options().flag("use_master_when_local"));
  }

  /**
   * Fires an event on the minion's own bus. Returns whether it was sent.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt web1 event.fire '{version: 7}' shop/deployed
   * }</pre>
   *
   * @param data a map
   * @param tag the event's tag
   */
  @Exposed
  boolean fire(Object data, Object tag) {
    if (!(data instanceof Map<?, ?> fields)) {
      LOG.debug("event {}: the data must be a map", tag);
      return false;
    }
    return context.fire(PythonText.str(tag), named(fields));
  }

  /**
   * Fires an event on the master's bus whose data are put together: what the flags ask for, the
   * keyword arguments with those that Salt adds, then the data. Returns whether it was sent.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-call event.send shop/deployed version=7 by=ci
   * salt-call event.send shop/deployed '{version: 7, by: ci}'
   * salt-call event.send shop/started with_grains='[host, osrelease]'
   * }</pre>
   *
   * @param tag the event's tag
   * @param data a map; anything else is left out
   * @param preload further fields of the message to the master
   * @param withEnv true for all environment variables, or the names of some
   * @param withGrains true for all grains, or the names of some
   * @param withPillar true for the whole pillar, or the names of some keys
   * @param withEnvOpts whether to add {@code saltenv} and {@code pillarenv}
   * @param kwargs further data
   */
  @Exposed
  boolean send(
      Object tag,
      @Default("null") Object data,
      @Default("null") Map<Object, Object> preload,
      @Default("false") Object withEnv,
      @Default("false") Object withGrains,
      @Default("false") Object withPillar,
      @Default("false") boolean withEnvOpts,
      @Keywords Map<String, Object> kwargs) {
    Map<Object, Object> all = new LinkedHashMap<>();
    add(all, "environ", withEnv, System.getenv());
    add(all, "grains", withGrains, context.grains());
    add(all, "pillar", withPillar, context.pillar());
    if (withEnvOpts) {
      all.put("saltenv", context.options().asMap().getOrDefault("saltenv", "base"));
      all.put("pillarenv", context.options().any("pillarenv"));
    }
    all.putAll(kwargs);
    if (data instanceof Map<?, ?> fields) {
      all.putAll(fields);
    }
    return fireMaster(all, tag, preload);
  }

  private static void add(
      Map<Object, Object> all, String name, Object wanted, Map<String, ?> source) {
    if (wanted instanceof List<?> names) {
      Map<String, Object> some = new LinkedHashMap<>();
      for (Object key : names) {
        if (source.containsKey(key)) {
          some.put(PythonText.str(key), source.get(key));
        }
      }
      all.put(name, some);
    } else if (PythonText.truth(wanted)) {
      all.put(name, source);
    }
  }
}
