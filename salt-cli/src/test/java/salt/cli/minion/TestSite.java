package salt.cli.minion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import salt.common.channel.ClearChannel;
import salt.common.config.ConfigLoader;
import salt.common.config.OptionCatalog;
import salt.common.config.Options;
import salt.common.config.Surroundings;
import salt.common.event.Event;
import salt.common.event.EventBusOptions;
import salt.common.event.EventClient;
import salt.common.event.EventSockets;
import salt.common.payload.Json;
import salt.common.transport.SocketOptions;
import salt.common.transport.Transport;
import salt.master.Master;
import salt.minion.Minion;

/** Masters and minions below one directory, and the way to tell and hear them. */
public final class TestSite implements AutoCloseable {
  /** How long anything that must happen may take. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long LOOK_NANOS = 20_000_000;

  private final Path directory;
  private final Transport transport;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Daemons below {@code directory} that reach each other by {@code transport}. */
  public TestSite(Path directory, Transport transport) {
    this.directory = directory;
    this.transport = transport;
  }

  /** The folder of a daemon's configuration. */
  public Path folder(String name) {
    return directory.resolve(name);
  }

  /** Configures a master on ports of its own; its keys lie in {@code pki} for all to share. */
  public Options master(String name, int requests, int publications, Map<String, ?> more)
      throws IOException {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("interface", "127.0.0.1");
    options.put("ret_port", (long) requests);
    options.put("publish_port", (long) publications);
    options.put("auto_accept", true);
    options.put("worker_threads", 2L);
    options.put("keysize", 2048L);
    options.put("pki_dir", directory.resolve("pki").toString());
    options.put("root_dir", directory.toString());
    options.put("cachedir", folder(name).resolve("cache").toString());
    options.put("sock_dir", folder(name).resolve("s").toString());
    options.put("pidfile", folder(name).resolve("master.pid").toString());
    options.put("log_file", folder(name).resolve("log").toString());
    options.putAll(more);
    write(name, "master", options);
    return loader().master(folder(name)).options();
  }

  /** Configures a minion. */
  public Options minion(String id, Object master, Map<String, ?> more) throws IOException {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("id", id);
    options.put("master", master);
    options.put("root_dir", folder(id).toString());
    options.put("sock_dir", folder(id).resolve("s").toString());
    options.put("pidfile", folder(id).resolve("minion.pid").toString());
    options.put("log_file", folder(id).resolve("log").toString());
    options.put("acceptance_wait_time", 1L);
    options.put("keysize", 2048L);
    options.put("auth_timeout", 5L);
    options.put("return_retry_timer", 1L);
    options.put("return_retry_timer_max", 1L);
    options.put("return_retry_tries", 1L);
    options.put("recon_default", 100L);
    options.put("recon_max", 200L);
    options.put("enable_fqdns_grains", false);
    options.putAll(more);
    write(id, "minion", options);
    return loader().minion(folder(id)).options();
  }

  private void write(String name, String file, Map<String, Object> options) throws IOException {
    Files.createDirectories(folder(name));
    Files.writeString(folder(name).resolve(file), Json.write(options));
  }

  private static ConfigLoader loader() {
    return new ConfigLoader(
        OptionCatalog.read(), Surroundings.ofThisProcess("salt-test"), Set.of());
  }

  /** Starts a master in this process. */
  public Master start(Options master) {
    return keep(
        Master.start(master, transport, System.getProperty("user.name"), Clock.systemUTC()));
  }

  /** Starts a minion in this process, with few grains. */
  public Minion startMinion(Options minion) {
    return startMinion(minion, Map.of("id", minion.text("id"), "os", "Test"));
  }

  /** Starts a minion in this process, with these grains. */
  public Minion startMinion(Options minion, Map<String, Object> grains) {
    return keep(Minion.start(minion, transport, () -> grains, Clock.systemUTC()));
  }

  private <T extends AutoCloseable> T keep(T daemon) {
    open.push(daemon);
    return daemon;
  }

  /** Listens to a master's bus from now on. */
  public Events events(Options master) {
    return keep(new Events(EventSockets.master(master.path("sock_dir"))));
  }

  /** Listens to a minion's bus from now on. */
  public Events minionEvents(Options minion) {
    return keep(
        new Events(EventSockets.minion(minion.path("sock_dir"), minion.text("id"), "sha256")));
  }

  /** What happens on a bus. */
  public static final class Events implements AutoCloseable {
    private final EventClient client;

    private Events(EventSockets sockets) {
      client = new EventClient(sockets, EventBusOptions.DEFAULT, Clock.systemUTC());
      client.listen();
    }

    /** Waits for an event whose tag begins so. */
    public Event next(String prefix) {
      return within(prefix, PATIENCE)
          .orElseThrow(() -> new AssertionError("no event " + prefix + " came"));
    }

    /** Waits for an event whose tag begins so, but not longer than {@code time}. */
    public Optional<Event> within(String prefix, Duration time) {
      long deadline = System.nanoTime() + time.toNanos();
      while (System.nanoTime() < deadline) {
        Optional<Event> event = client.next(Duration.ofNanos(deadline - System.nanoTime()));
        if (event.isPresent() && event.get().tag().startsWith(prefix)) {
          return event;
        }
      }
      return Optional.empty();
    }

    /** Fires an event there. */
    public void fire(String tag, Map<String, ?> data) {
      client.fire(tag, data);
    }

    @Override
    public void close() {
      client.close();
    }
  }

  /** Publishes a job and returns its jid. */
  public String publish(Options master, String target, String fun, Object... arg)
      throws IOException {
    return publishAs("", master, target, fun, arg);
  }

  /** Publishes a job by the jid that is given, unless it is empty. */
  public String publishAs(String jid, Options master, String target, String fun, Object... arg)
      throws IOException {
    String user = System.getProperty("user.name");
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "publish");
    load.put("tgt", target);
    load.put("tgt_type", "glob");
    load.put("fun", fun);
    load.put("arg", List.of(arg));
    load.put("ret", "");
    load.put("jid", jid);
    load.put("user", user);
    load.put("kwargs", Map.of());
    load.put("key", Files.readString(master.path("cachedir").resolve("." + user + "_key")));
    Transport.Address address =
        new Transport.Address(master.text("interface"), master.integer("ret_port"));
    try (Transport.RequestClient client = transport.requests(address, SocketOptions.DEFAULT)) {
      Object reply = new ClearChannel(client).request(load, PATIENCE, 1);
      assertThat(reply).isInstanceOf(Map.class);
      assertThat(((Map<?, ?>) reply).get("load")).isInstanceOf(Map.class);
      Map<?, ?> job = (Map<?, ?>) ((Map<?, ?>) reply).get("load");
      assertThat(job.get("jid")).as("the jid of %s", job).isInstanceOf(String.class);
      return (String) job.get("jid");
    }
  }

  /** Publishes a job for one minion and waits for what it returns. */
  public Map<Object, Object> run(
      Options master, Events events, String id, String fun, Object... arg) throws IOException {
    String jid = publish(master, id, fun, arg);
    return events.next("salt/job/" + jid + "/ret/" + id).data();
  }

  /** Waits until something is so. */
  public static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting until %s", what).isLessThan(deadline);
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Ends one of the daemons. */
  public void close(AutoCloseable daemon) throws Exception {
    open.remove(daemon);
    daemon.close();
  }

  @Override
  public void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    transport.close();
  }
}
