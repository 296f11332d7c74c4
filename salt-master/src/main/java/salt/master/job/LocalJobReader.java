package salt.master.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.MinionId;
import salt.common.payload.MalformedPayload;
import salt.common.payload.MessagePack;

/**
 * The job cache in Salt's layout ({@code local_cache}), which Salt's own tools read and write.
 *
 * <pre>
 * jobs/&lt;h[0:2]&gt;/&lt;h[2:]&gt;/      h = hash_type of the jid, in hexadecimal
 *   jid                      the jid as text
 *   nocache                  empty; only where returns are not kept
 *   .load.p  .minions.p      the publish request; who should answer
 *   &lt;id&gt;/return.p  out.p     what a minion returned; its outputter
 * </pre>
 */
public final class LocalJobReader implements JobReader {
  static final List<String> KEPT = List.of("return", "retcode", "success");
  private static final Logger log = LoggerFactory.getLogger(LocalJobReader.class);

  private final Path jobs;
  private final String hashType;

  /**
   * Reads the cache below {@code cacheDir}.
   *
   * @param hashType the option {@code hash_type}, such as {@code sha256}
   */
  public LocalJobReader(Path cacheDir, String hashType) {
    this.jobs = cacheDir.resolve("jobs");
    this.hashType = hashType;
  }

  @Override
  public boolean isKnown(String jid) {
    return Files.exists(jobs.resolve(relative(jid)).resolve("jid"));
  }

  @Override
  public Optional<Map<String, Object>> load(String jid) {
    return readMap(jobs.resolve(relative(jid)).resolve(".load.p"));
  }

  @Override
  public List<String> minions(String jid) {
    List<String> minions = new ArrayList<>();
    Path job = jobs.resolve(relative(jid));
    for (Path file : children(job)) {
      String name = file.getFileName().toString();
      if (name.startsWith(".minions.") && name.endsWith(".p")) {
        read(file)
            .filter(List.class::isInstance)
            .ifPresent(ids -> ((List<?>) ids).forEach(id -> minions.add(String.valueOf(id))));
      }
    }
    return minions;
  }

  @Override
  public Map<String, Map<String, Object>> returns(String jid) {
    Map<String, Map<String, Object>> returns = new LinkedHashMap<>();
    for (Path directory : children(jobs.resolve(relative(jid)))) {
      String id = directory.getFileName().toString();
      if (MinionId.isValid(id) && Files.isDirectory(directory)) {
        find(jid, id).ifPresent(found -> returns.put(id, found));
      }
    }
    return returns;
  }

  @Override
  public Optional<Map<String, Object>> find(String jid, String minion) {
    Path directory = jobs.resolve(relative(jid)).resolve(minion);
    return readMap(directory.resolve("return.p")).map(found -> withOut(directory, found));
  }

  private static Map<String, Object> withOut(Path directory, Map<String, Object> found) {
    Map<String, Object> complete = new LinkedHashMap<>();
    if (KEPT.stream().anyMatch(found::containsKey)) {
      complete.putAll(found);
    } else {
      // Salt before 2016 wrote the bare return.
      complete.put("return", found);
    }
    read(directory.resolve("out.p")).ifPresent(out -> complete.put("out", out));
    return complete;
  }

  @Override
  public List<String> jids() {
    List<String> jids = new ArrayList<>();
    for (Path job : jobDirectories()) {
      jidOf(job).ifPresent(jids::add);
    }
    Collections.sort(jids);
    return jids;
  }

  private static Optional<String> jidOf(Path job) {
    try {
      return Optional.of(Files.readString(job.resolve("jid")).strip());
    } catch (IOException incomplete) {
      return Optional.empty();
    }
  }

  List<Path> jobDirectories() {
    List<Path> found = new ArrayList<>();
    for (Path shard : children(jobs)) {
      found.addAll(children(shard));
    }
    return found;
  }

  private static List<Path> children(Path directory) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      entries.forEach(found::add);
    } catch (NoSuchFileException | NotDirectoryException none) {
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + e, e);
    }
    Collections.sort(found);
    return found;
  }

  private static Optional<Object> read(Path file) {
    try {
      return Optional.ofNullable(MessagePack.unpack(Files.readAllBytes(file)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | MalformedPayload e) {
      log.warn("{} of the job cache cannot be read: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private static Optional<Map<String, Object>> readMap(Path file) {
    return read(file).filter(Map.class::isInstance).map(value -> byName((Map<?, ?>) value));
  }

  private static Map<String, Object> byName(Map<?, ?> map) {
    Map<String, Object> named = new LinkedHashMap<>();
    map.forEach((key, value) -> named.put(String.valueOf(key), value));
    return named;
  }

  Path relative(String jid) {
    try {
      MessageDigest digest =
          MessageDigest.getInstance(hashType.replaceFirst("(?i)^sha(\\d+)$", "SHA-$1"));
      String hash = HexFormat.of().formatHex(digest.digest(jid.getBytes(StandardCharsets.UTF_8)));
      return Path.of(hash.substring(0, 2), hash.substring(2));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("hash_type " + hashType + " is not supported", e);
    }
  }
}
