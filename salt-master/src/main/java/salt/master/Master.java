package salt.master;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.channel.AesKeys;
import salt.common.channel.MasterIdentity;
import salt.common.channel.MasterKeys;
import salt.common.channel.Publications;
import salt.common.channel.ServerChannel;
import salt.common.channel.ServerSettings;
import salt.common.channel.SessionKeys;
import salt.common.config.Options;
import salt.common.crypto.Crypticle;
import salt.common.crypto.SigningAlgorithm;
import salt.common.daemon.Resources;
import salt.common.event.EventBus;
import salt.common.event.EventBusOptions;
import salt.common.event.EventFraming;
import salt.common.event.EventSockets;
import salt.common.fileserver.FileServer;
import salt.common.job.Jid;
import salt.common.target.TargetCheck;
import salt.common.transport.Transport;
import salt.master.auth.LocalKeys;
import salt.master.auth.PublisherAccess;
import salt.master.cache.ConnectedMinions;
import salt.master.cache.MineCache;
import salt.master.cache.MinionCache;
import salt.master.file.FileCommands;
import salt.master.file.PushedFiles;
import salt.master.job.JobCache;
import salt.master.job.LocalJobCache;
import salt.master.job.ReturnCommand;
import salt.master.key.KeyAdmission;
import salt.master.key.KeyState;
import salt.master.key.KeyStore;
import salt.master.key.MinionKeys;
import salt.master.key.SignInDesk;
import salt.master.key.SignedMessages;
import salt.master.publish.JobPublisher;
import salt.master.publish.PeerCommands;
import salt.master.publish.Presence;
import salt.master.publish.PublishChannel;
import salt.master.publish.PublishCommand;
import salt.master.request.CommandTable;
import salt.master.request.Dispatcher;
import salt.master.request.Reply;
import salt.master.request.RequestWorkers;
import salt.master.runner.ClientCommands;
import salt.master.runner.MinionClient;
import salt.master.runner.PeerRunners;
import salt.master.runner.PublishedJobs;

/** A running master. */
public final class Master implements AutoCloseable {
  /** How long requests under the previous AES key are served after a rotation. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private static final Logger log = LoggerFactory.getLogger(Master.class);

  private final Resources resources;

  private Master(Resources resources) {
    this.resources = resources;
  }

  /**
   * Opens a master: the request port last, so that it closes first and nothing acknowledged is
   * lost.
   *
   * @param running the name of the user that this process runs as
   */
  public static Master start(Options options, Transport transport, String running, Clock clock) {
    Resources resources = new Resources();
    try {
      new Wiring(options, transport, running, clock, resources).open();
      return new Master(resources);
    } catch (RuntimeException failure) {
      try (resources) {
        throw failure;
      }
    }
  }

  @Override
  public void close() {
    resources.close();
  }

  /** Opens the parts in their order. */
  private static final class Wiring {
    private final Options options;
    private final Transport transport;
    private final String running;
    private final Clock clock;
    private final Resources resources;
    private final SecureRandom random = new SecureRandom();
    private final KeyStore keys;
    private final MinionCache minions;
    private final TargetCheck targets;
    private final Jid jids;

    Wiring(Options options, Transport transport, String running, Clock clock, Resources resources) {
      this.options = options;
      this.transport = transport;
      this.running = running;
      this.clock = clock;
      this.resources = resources;
      this.keys = new KeyStore(options.path("pki_dir"));
      this.minions =
          new MinionCache(options.path("cachedir"), () -> keys.list(KeyState.ACCEPTED), clock);
      this.targets =
          new TargetCheck(minions, options.map("nodegroups"), options.flag("minion_data_cache"));
      this.jids = new Jid(clock, options.flag("unique_jid"));
    }

    void open() {
      keys.createDirectories();
      MasterDirectories.create(options);
      MasterIdentity identity = MasterIdentity.read(options);
      AesKeys aes = new AesKeys(random, GRACE, clock);
      EventBus events = resources.add(openBus());
      JobCache jobs =
          resources.add(
              new LocalJobCache(options.path("cachedir"), options.text("hash_type", "sha256")));
      PublishChannel channel = openPublishPort(new Publications(aes, identity, signing()));
      JobPublisher publisher = new JobPublisher(options, jobs, events, channel);
      ConnectedMinions connected = new ConnectedMinions(minions, channel::peers);
      PeerCommands peers =
          resources.add(new PeerCommands(options, targets, jobs, publisher, events, jids::next));
      Maintenance.Duties duties =
          new Maintenance.Duties(
              () -> ping(publisher),
              limit -> expire(limit, jobs, peers),
              regularly(new Presence(connected, events)));
      resources.add(new Maintenance(options, aes, events, duties, clock).start());

      SignInDesk desk = desk(events, connected);
      MinionClient client =
          new PublishedJobs(
              targets, publisher::publish, events, jids::next, options.text("user", "root"));
      CommandTable clear = clearCommands(publisher, client);
      CommandTable sealed =
          new MinionCommands(options, events, minions, new MinionKeys(options, keys, events::fire))
              .add(
                  new ReturnCommand(
                      options, new SignedMessages(options, desk), jobs, events, jids::next))
              .add(new FileCommands(new FileServer(options, clock), options))
              .add(new PushedFiles(options))
              .add(new MineCache(options, targets))
              .add(peers)
              .add(resources.add(new PeerRunners(options, client, jids::next, clock)))
              .table();
      ServerChannel server =
          new ServerChannel(
              ServerSettings.of(options), new MasterKeys(identity, aes, sessions(), desk), clock);
      openRequestPort(new Dispatcher(server, desk, clear, sealed, desk::decide));
    }

    private PublishChannel openPublishPort(Publications publications) {
      Transport.Publisher port =
          resources.add(transport.publish(address("publish_port"), MasterSockets.of(options)));
      if (!"tcp".equals(options.text("ipc_mode"))) {
        resources.add(MasterSockets.publishPull(options));
      }
      return new PublishChannel(
          publications, port, options.flag("zmq_filtering"), options.flag("order_masters"));
    }

    private void openRequestPort(Dispatcher dispatcher) {
      int threads = Math.max(1, options.integer("worker_threads"));
      RequestWorkers workers = resources.add(new RequestWorkers(dispatcher, threads));
      resources.add(
          transport.serveRequests(address("ret_port"), MasterSockets.of(options), workers));
    }

    /** Without cached grains nobody is known to be connected, and max_minions limits nothing. */
    private SignInDesk desk(EventBus events, ConnectedMinions connected) {
      boolean known = options.flag("minion_data_cache");
      KeyAdmission admission =
          new KeyAdmission(
              options, keys, clock, () -> known ? connected.find().keySet() : Set.of());
      return new SignInDesk(options, keys, admission, events::fire);
    }

    private SessionKeys sessions() {
      return new SessionKeys(
          options.path("cachedir").resolve("sessions"),
          Duration.ofSeconds(options.integer("publish_session")),
          random,
          clock);
    }

    private CommandTable clearCommands(JobPublisher publisher, MinionClient client) {
      PublisherAccess access = access();
      PublishCommand publish = new PublishCommand(options, access, targets, publisher, jids::next);
      ClientCommands clients =
          resources.add(new ClientCommands(options, access, client, jids::next, clock));
      return new CommandTable()
          .answer("ping", (load, caller) -> load.rest())
          .answer("runner", (load, caller) -> clients.runner(load))
          .answer("wheel", (load, caller) -> clients.wheel(load))
          .allow("publish", (load, caller) -> new Reply.Later(publish.publish(load)));
    }

    private static void expire(Instant limit, JobCache jobs, PeerCommands peers) {
      int expired = jobs.expire(limit);
      if (expired > 0) {
        log.info("{} jobs older than keep_jobs_seconds were forgotten", expired);
      }
      peers.expire(limit);
    }

    private List<Runnable> regularly(Presence presence) {
      List<Runnable> regularly = new ArrayList<>();
      if (options.flag("presence_events")) {
        regularly.add(presence);
      }
      if ("sched".equals(options.text("key_cache"))) {
        regularly.add(keys::writeCache);
      }
      return regularly;
    }

    private EventBus openBus() {
      EventBusOptions standard = EventBusOptions.DEFAULT;
      EventBus events =
          new EventBus(
              new EventBusOptions(
                  options.integer("max_event_size"),
                  standard.queueBytes(),
                  standard.queueEvents(),
                  !options.map("publisher_acl").isEmpty()
                      || !options.map("external_auth").isEmpty(),
                  EventFraming.named(options.text("event_bus_framing", "length"))),
              clock);
      events.open(EventSockets.master(options));
      return events;
    }

    private Transport.Address address(String port) {
      return new Transport.Address(options.text("interface", "0.0.0.0"), options.integer(port));
    }

    private Optional<SigningAlgorithm> signing() {
      return options.flag("sign_pub_messages")
          ? SigningAlgorithm.named(options.text("publish_signing_algorithm", "PKCS1v15-SHA1"))
          : Optional.empty();
    }

    private PublisherAccess access() {
      LocalKeys localKeys =
          LocalKeys.create(options, running, () -> Crypticle.generate(random).keyString());
      return new PublisherAccess(
          options,
          localKeys,
          running,
          target -> new LinkedHashSet<>(targets.check(target, "compound").minions()));
    }

    private void ping(JobPublisher publisher) {
      Map<String, Object> load = new LinkedHashMap<>();
      load.put("cmd", "publish");
      load.put("tgt", "*");
      load.put("fun", "test.ping");
      load.put("arg", List.of());
      load.put("tgt_type", "glob");
      load.put("ret", "");
      load.put("jid", jids.next());
      load.put("user", "root");
      publisher.publish(load, List.copyOf(minions.accepted()), List.of()).join();
    }
  }
}
