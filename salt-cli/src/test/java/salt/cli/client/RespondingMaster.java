package salt.cli.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import salt.common.config.Options;
import salt.common.event.EventBus;
import salt.common.event.EventBusOptions;
import salt.common.event.EventSockets;
import salt.common.payload.MessagePack;
import salt.common.transport.MemoryTransport;
import salt.common.transport.SocketOptions;
import salt.common.transport.Transport;
import salt.master.job.LocalJobCache;

/** A master that answers publish requests as a test says, with a real bus and a real job cache. */
final class RespondingMaster implements AutoCloseable {
  static final String KEY = "the key";

  final MemoryTransport transport = new MemoryTransport();
  final EventBus events = new EventBus(EventBusOptions.DEFAULT, Clock.systemUTC());
  final LocalJobCache jobs;
  final List<Map<?, ?>> requests = Collections.synchronizedList(new ArrayList<>());
  private final Path directory;
  private final int port;

  RespondingMaster(Path directory, Function<Map<?, ?>, Object> answer) {
    this.directory = directory;
    this.jobs = new LocalJobCache(directory, "sha256");
    write(".root_key", KEY);
    write("publish_pull.ipc", "");
    port =
        transport
            .serveRequests(
                new Transport.Address("127.0.0.1", 0),
                SocketOptions.DEFAULT,
                request -> {
                  Map<?, ?> load =
                      (Map<?, ?>) ((Map<?, ?>) MessagePack.unpack(request.body())).get("load");
                  requests.add(load);
                  request.reply(MessagePack.BIN.pack(answer.apply(load)));
                })
            .address()
            .port();
  }

  RespondingMaster withBus() {
    events.open(EventSockets.master(directory));
    return this;
  }

  /** The reply of a master that has published. */
  static Object published(String jid, List<String> minions) {
    return Map.of("enc", "clear", "load", Map.of("jid", jid, "minions", minions));
  }

  /** A return arrives: it is kept and announced, as by a real master. */
  void returned(String jid, String id, Object value) {
    Map<String, Object> load = Map.of("id", id, "return", value, "retcode", 0L);
    if (!jobs.isKnown(jid)) {
      jobs.open(jid, Map.of(), List.of(id), true).join();
    }
    jobs.store(jid, id, load).join();
    events.fire("salt/job/" + jid + "/ret/" + id, load);
  }

  Path write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Options options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("interface", "0.0.0.0");
    options.put("ret_port", port);
    options.put("sock_dir", directory.toString());
    options.put("cachedir", directory.toString());
    options.put("pki_dir", directory.toString());
    options.put("hash_type", "sha256");
    options.put("job_cache", true);
    options.put("gather_job_timeout", 1);
    options.put("conf_file", "/etc/salt/master");
    return Options.of(options);
  }

  LocalClient client() {
    return new LocalClient(options(), transport, "root", Map.of());
  }

  @Override
  public void close() {
    transport.close();
    events.close();
    jobs.close();
  }
}
