package salt.cli.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import salt.common.channel.ChannelException;
import salt.common.channel.ClearChannel;
import salt.common.config.Options;
import salt.common.event.EventBusException;
import salt.common.payload.PythonText;
import salt.common.target.PreparedTarget;
import salt.common.target.TargetProblem;
import salt.common.transport.SocketOptions;
import salt.common.transport.Transport;
import salt.common.transport.TransportException;

/** Sends publish requests to the master and understands its replies. */
final class Publisher implements AutoCloseable {
  private static final String UNREACHABLE =
      "The salt master could not be contacted. Is master running?";
  private static final String TIMED_OUT =
      "Salt request timed out. The master is not responding. You may need to run your command with"
          + " `--async` in order to bypass the congested event bus. With `--async`, the CLI tool"
          + " will print the job id (jid) and exit immediately without listening for responses. You"
          + " can then use `salt-run jobs.lookup_jid` to look up the results of the job in the job"
          + " cache later.";
  private static final String REFUSED =
      "Failed to authenticate! This is most likely because this user is not permitted to execute"
          + " commands, but there is a small possibility that a disk error occurred (check"
          + " disk/inode usage).";

  /** Real Salt tries as often; one long try does not publish a job several times. */
  private static final int TRIES = 3;

  private static final int PROBE_MILLIS = 1000;

  private final Options options;
  private final Transport transport;
  private final String login;
  private final Map<String, String> environment;
  private final Transport.Address address;
  private Transport.RequestClient client;
  private LocalKey key;

  Publisher(Options options, Transport transport, String login, Map<String, String> environment) {
    this.options = options;
    this.transport = transport;
    this.login = login;
    this.environment = environment;
    this.address = new Transport.Address(host(options), options.integer("ret_port"));
  }

  /** One cannot connect to a wildcard address. */
  private static String host(Options options) {
    String host = options.text("interface", "0.0.0.0");
    return switch (host) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::" -> "::1";
      default -> host;
    };
  }

  PublishedJob publish(JobRequest request) {
    checkPublisherSocket();
    JobRequest prepared = prepare(request);
    if (client == null) {
      client = transport.requests(address, SocketOptions.DEFAULT);
      key = LocalKey.read(options, login, environment);
    }
    Object reply = send(prepared);
    if (!PythonText.truth(reply)) {
      // The master may have restarted and made a new key since it was read.
      LocalKey fresh = LocalKey.read(options, login, environment);
      if (fresh.text().equals(key.text())) {
        throw refused(REFUSED);
      }
      key = fresh;
      reply = send(prepared);
    }
    return understand(reply, prepared);
  }

  /** A master, also a real one, keeps this socket while it runs. */
  private void checkPublisherSocket() {
    Path socket = options.path("sock_dir").resolve("publish_pull.ipc");
    if (!"tcp".equals(options.text("ipc_mode", "")) && Files.notExists(socket)) {
      throw PublishFailure.of(
          UNREACHABLE,
          "there is no "
              + socket
              + ", which a running master has: start it, or give the directory of its"
              + " configuration with -c",
          null);
    }
  }

  private JobRequest prepare(JobRequest request) {
    if (!request.targetType().equals("nodegroup") && !request.targetType().equals("compound")) {
      return request;
    }
    try {
      PreparedTarget prepared =
          PreparedTarget.prepare(
              request.target(),
              request.targetType(),
              options.map("nodegroups"),
              options.text("conf_file", ""));
      return new JobRequest(
          prepared.target(),
          prepared.type(),
          request.fun(),
          request.arg(),
          request.timeout(),
          request.extra());
    } catch (TargetProblem e) {
      throw PublishFailure.of(e.getMessage());
    }
  }

  private Object send(JobRequest request) {
    Duration limit = Duration.ofSeconds((long) Math.max(1, request.timeout()) * TRIES);
    try {
      return new ClearChannel(client).request(request.load(key.user(), key.text()), limit, 1);
    } catch (TransportException | ChannelException e) {
      throw PublishFailure.of(TIMED_OUT, silence(e), e);
    }
  }

  private String silence(RuntimeException failure) {
    String options = " (options interface and ret_port in " + configuration() + ")";
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(address.host(), address.port()), PROBE_MILLIS);
      return "something listens at " + address + options + " but gave no reply: " + text(failure);
    } catch (IOException e) {
      return "nothing can be reached at " + address + options + ": " + text(e);
    }
  }

  private static String text(Exception failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private String configuration() {
    return options.text("conf_file", "the master's configuration");
  }

  private PublishedJob understand(Object reply, JobRequest request) {
    if (!(reply instanceof Map<?, ?> map)) {
      throw PublishFailure.of(PythonText.truth(reply) ? PythonText.str(reply) : REFUSED);
    }
    Object error = map.get("error");
    if (error instanceof Map<?, ?> named) {
      throw refused(PythonText.str(named.get("message")));
    } else if (error != null) {
      throw PublishFailure.of(PythonText.str(error));
    } else if (!(map.get("load") instanceof Map<?, ?> load)) {
      throw PublishFailure.of(REFUSED);
    } else if (ids(load.get("minions")).isEmpty() && !options.flag("order_masters")) {
      if (load.containsKey("jid")) {
        throw PublishFailure.nobody(new NearestIds(options).advice(request));
      }
      throw PublishFailure.of(PythonText.str(load.get("error")));
    } else {
      return new PublishedJob(
          PythonText.str(load.get("jid")), ids(load.get("minions")), ids(load.get("missing")));
    }
  }

  private static List<String> ids(Object value) {
    List<String> ids = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object id : list) {
        ids.add(PythonText.str(id));
      }
    }
    return ids;
  }

  private PublishFailure refused(String message) {
    String cause =
        key.problem().isEmpty()
            ? "the master does not take the key of "
                + key.file()
                + " from "
                + key.user()
                + ": is it the master of this configuration, and may this user do this"
                + " (publisher_acl)?"
            : key.problem();
    return PublishFailure.of(message, cause, null);
  }

  /** The failure to see any return, found before anything is published. */
  PublishFailure deaf(EventBusException bus) {
    checkPublisherSocket();
    return PublishFailure.of(
        TIMED_OUT,
        "nothing was published, as returns could not be seen: "
            + bus.getMessage()
            + "; and the job cache in "
            + options.path("cachedir").resolve("jobs")
            + " cannot be read by user "
            + login
            + " either",
        bus);
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
