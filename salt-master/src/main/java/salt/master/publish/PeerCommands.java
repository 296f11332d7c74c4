package salt.master.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.daemon.Workers;
import salt.common.event.Event;
import salt.common.event.EventBus;
import salt.common.event.EventSubscription;
import salt.common.job.ArgumentText;
import salt.common.job.Jid;
import salt.common.payload.Fields;
import salt.common.payload.MalformedPayload;
import salt.common.target.ExpectedMinions;
import salt.common.target.TargetCheck;
import salt.master.auth.PeerAccess;
import salt.master.job.JobCache;

/**
 * Publishing by minions, as far as {@code peer} allows it: {@code minion_pub} and {@code pub_ret},
 * by which the asking minion polls, and {@code minion_publish}, which waits on threads of its own.
 */
public final class PeerCommands implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PeerCommands.class);
  private static final int WAITING_THREADS = 32;
  private static final int WAITING_QUEUE = 1_000;

  private final Path publishers;
  private final PeerAccess access;
  private final TargetCheck targets;
  private final JobCache jobs;
  private final JobPublisher publisher;
  private final EventBus events;
  private final Supplier<String> jids;
  private final String user;
  private final Workers waiters =
      new Workers("peer-waiter", WAITING_THREADS, WAITING_QUEUE, Duration.ofSeconds(5));

  /** Publishes with {@code publisher} what {@code access} allows. */
  public PeerCommands(
      Options options,
      TargetCheck targets,
      JobCache jobs,
      JobPublisher publisher,
      EventBus events,
      Supplier<String> jids) {
    this.publishers = options.path("cachedir").resolve("publish_auth");
    this.access = new PeerAccess(options);
    this.targets = targets;
    this.jobs = jobs;
    this.publisher = publisher;
    this.events = events;
    this.jids = jids;
    this.user = options.text("user", "root");
  }

  /** Publishes for a minion; answers {@code {jid, minions}}, or an empty map when not allowed. */
  public CompletionStage<Map<String, Object>> publish(Fields load) {
    Optional<Map<String, Object>> request = request(load);
    if (request.isEmpty()) {
      return CompletableFuture.completedFuture(Map.of());
    }
    ExpectedMinions expected = expected(load);
    return start(request.get(), expected).thenApply(safe -> started(request.get(), expected));
  }

  private ExpectedMinions expected(Fields load) {
    return targets.check(load.any("tgt"), load.text("tgt_type", "glob"));
  }

  private CompletableFuture<Void> start(Map<String, Object> request, ExpectedMinions expected) {
    remember((String) request.get("jid"), (String) request.get("id"));
    return publisher.publish(request, expected.minions(), expected.missing());
  }

  private static Map<String, Object> started(
      Map<String, Object> request, ExpectedMinions expected) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("jid", request.get("jid"));
    reply.put("minions", expected.minions());
    return reply;
  }

  /** Publishes for a minion, waits {@code tmo} seconds and answers with what came back. */
  public CompletionStage<Map<String, Object>> publishAndWait(Fields load) {
    Optional<Map<String, Object>> request = request(load);
    CompletableFuture<Map<String, Object>> reply = new CompletableFuture<>();
    boolean taken =
        request.isPresent() && waiters.offer(() -> complete(reply, load, request.get()));
    if (!taken) {
      reply.complete(Map.of());
    }
    return reply;
  }

  private void complete(
      CompletableFuture<Map<String, Object>> reply, Fields load, Map<String, Object> request) {
    String jid = (String) request.get("jid");
    try (EventSubscription returns = events.subscribe("salt/job/" + jid + "/ret/")) {
      ExpectedMinions expected = expected(load);
      start(request, expected).join();
      Set<String> missing = new HashSet<>(expected.minions());
      long deadline = System.nanoTime() + waitingTime(load).toNanos();
      while (!missing.isEmpty() && System.nanoTime() < deadline) {
        Optional<Event> event =
            returns.next(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        event.ifPresent(came -> missing.remove(String.valueOf(came.data().get("id"))));
      }
      reply.complete(results(jid, load.text("form", "clean").equals("full")));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reply.complete(Map.of());
    } catch (RuntimeException e) {
      reply.completeExceptionally(e);
    }
  }

  private static Duration waitingTime(Fields load) {
    Object given = load.has("tmo") ? load.any("tmo") : load.any("timeout");
    double seconds = given instanceof Number number ? number.doubleValue() : 5;
    return Duration.ofMillis((long) (1000 * Math.max(0, Math.min(seconds, 3600))));
  }

  private Map<String, Object> results(String jid, boolean full) {
    Map<String, Object> results = new LinkedHashMap<>();
    jobs.returns(jid)
        .forEach(
            (id, ret) -> {
              if (full) {
                Map<String, Object> all = new LinkedHashMap<>(ret);
                all.put("ret", all.remove("return"));
                results.put(id, all);
              } else {
                results.put(id, ret.get("return"));
              }
            });
    if (full) {
      results.put("__jid__", jid);
    }
    return results;
  }

  /** What came back so far for a job that this minion published: id to {@code {ret, out}}. */
  public Object returns(Fields load) {
    String jid = load.text("jid");
    if (!Jid.isValid(jid) || !load.text("id").equals(publisherOf(jid))) {
      log.warn("minion {} asks for returns of job {}, which is not its own", load.text("id"), jid);
      return Map.of();
    }
    Map<String, Object> returns = new LinkedHashMap<>();
    jobs.returns(jid)
        .forEach(
            (id, ret) -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("ret", ret.get("return"));
              if (ret.containsKey("out")) {
                one.put("out", ret.get("out"));
              }
              returns.put(id, one);
            });
    return returns;
  }

  /** The publish request, or nothing when {@code peer} does not allow it. */
  private Optional<Map<String, Object>> request(Fields load) {
    String id = load.text("id");
    Object fun = functions(load.any("fun"));
    List<String> named = new ArrayList<>();
    (fun instanceof List<?> several ? several : List.of(fun))
        .forEach(each -> named.add(String.valueOf(each)));
    if (!access.mayPublish(id, named)) {
      log.warn("minion {} may not publish {}: the option peer does not allow it", id, named);
      return Optional.empty();
    }
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("cmd", "publish");
    request.put("fun", fun);
    request.put("arg", arguments(load, fun instanceof List));
    request.put("tgt_type", load.text("tgt_type", "glob"));
    request.put("tgt", load.any("tgt"));
    request.put("ret", load.text("ret", ""));
    request.put("id", id);
    request.put("jid", jids.get());
    request.put("user", user);
    return Optional.of(request);
  }

  private static Object functions(Object fun) {
    if (!(fun instanceof String name) || name.isEmpty()) {
      throw new MalformedPayload("minion_pub: field 'fun': expected text");
    }
    return name.indexOf(',') < 0 ? name : List.of(name.split(","));
  }

  private static List<Object> arguments(Fields load, boolean several) {
    Set<String> verbatim = new HashSet<>();
    load.list("no_parse").forEach(name -> verbatim.add(String.valueOf(name)));
    List<Object> arguments = new ArrayList<>();
    if (!several) {
      return ArgumentText.parse(load.list("arg"), verbatim);
    }
    for (Object each : load.list("arg")) {
      List<String> words = List.of(String.valueOf(each).strip().split("\\s+"));
      arguments.add(ArgumentText.parse(words.equals(List.of("")) ? List.of() : words, verbatim));
    }
    return arguments;
  }

  private void remember(String jid, String id) {
    try {
      Files.createDirectories(publishers);
      Files.writeString(publishers.resolve(jid), id);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot note who published job " + jid + ": " + e, e);
    }
  }

  /** Forgets who published what before {@code limit}; the returns can no longer be asked for. */
  public void expire(Instant limit) {
    if (!Files.isDirectory(publishers)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(publishers)) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot forget old publishers in " + publishers + ": " + e, e);
    }
  }

  private String publisherOf(String jid) {
    try {
      return new String(Files.readAllBytes(publishers.resolve(jid)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException unknown) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read who published job " + jid + ": " + e, e);
    }
  }

  @Override
  public void close() {
    waiters.close();
  }
}
