package salt.minion.module;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import salt.common.config.Options;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;
import salt.common.payload.MessagePack;
import salt.common.transport.TransportException;
import salt.minion.file.LocalFiles;

/** A master at the other end of a wire of MessagePack: real files in, real files out. */
final class TestMaster implements MinionContext.MasterLink {
  private final LocalFiles files;
  private final Path received;
  private final Map<Object, Object> mine = new LinkedHashMap<>();
  private final AtomicInteger now = new AtomicInteger();

  final List<Map<?, ?>> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger mostAtOnce = new AtomicInteger();
  final Map<String, Object> replies = new LinkedHashMap<>();
  volatile boolean silent;

  /** Requests for later pieces of a file wait until as many came as are counted here. */
  volatile CountDownLatch together = new CountDownLatch(0);

  TestMaster(Path fileRoot, Path received, int bufferSize) {
    this.files =
        new LocalFiles(
            Options.of(
                Map.of(
                    "file_roots",
                    Map.of("base", List.of(fileRoot.toString())),
                    "file_buffer_size",
                    (long) bufferSize)));
    this.received = received;
  }

  @Override
  public Object request(Map<String, Object> load) {
    if (silent) {
      throw new TransportException("no reply");
    }
    mostAtOnce.accumulateAndGet(now.incrementAndGet(), Math::max);
    try {
      Map<Object, Object> read = MessagePack.unpackMap(MessagePack.NETWORK.pack(load));
      requests.add(read);
      if (read.get("loc") instanceof Number place && place.longValue() > 0) {
        await();
      }
      return MessagePack.unpack(MessagePack.NETWORK.pack(answer(Fields.of("load", read), load)));
    } finally {
      now.decrementAndGet();
    }
  }

  private void await() {
    together.countDown();
    try {
      if (!together.await(20, TimeUnit.SECONDS)) {
        throw new TransportException("the pieces of a file are not asked for at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted", e);
    }
  }

  private Object answer(Fields fields, Map<String, Object> load) {
    String command = fields.text("cmd");
    if (replies.containsKey(command)) {
      return replies.get(command);
    }
    return switch (command) {
      case "_file_recv" -> receive(fields);
      case "_mine" -> {
        mine.putAll(fields.map("data"));
        yield true;
      }
      case "_mine_get" -> Map.of("minion", mine.get(fields.text("fun")), "other", 1L);
      case "_mine_delete" -> mine.remove(fields.text("fun")) != null;
      case "_mine_flush" -> {
        mine.clear();
        yield true;
      }
      default -> files.ask(load);
    };
  }

  private boolean receive(Fields fields) {
    Path target = received;
    for (Object part : fields.list("path")) {
      target = target.resolve((String) part);
    }
    try {
      Files.createDirectories(target.getParent());
      if (fields.integer("loc", 0) == 0) {
        Files.deleteIfExists(target);
      }
      Bytes data = fields.bytes("data");
      Files.write(target, data.toArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> commands() {
    return requests.stream().map(load -> (String) load.get("cmd")).toList();
  }

  @Override
  public void fireEvent(String tag, Map<String, Object> data) {
    requests.add(Map.of("cmd", "_minion_event", "tag", tag, "data", data));
  }

  @Override
  public String address() {
    return "127.0.0.1";
  }

  @Override
  public String publicKey() {
    return "";
  }
}
