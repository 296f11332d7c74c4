package salt.master.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.payload.MalformedPayload;
import salt.common.target.KnownMinions;
import salt.common.target.Minion;

/**
 * The grains and pillar of each minion, {@code <cachedir>/minions/<id>/data.p}, kept in memory as
 * well so that a publication need not read them all; safe for several threads.
 *
 * <p>Other programs may change the files: what is in memory is compared with the time and size of
 * its file, at most once a second. When memory is short, the garbage collector takes what is kept
 * and it is read again.
 */
public final class MinionCache implements KnownMinions {
  private static final Logger log = LoggerFactory.getLogger(MinionCache.class);
  private static final Duration RECHECK = Duration.ofSeconds(1);
  private static final String DATA = "data";

  private final MinionFiles files;
  private final Supplier<? extends Collection<String>> accepted;
  private final Clock clock;
  private final SharedTexts texts = new SharedTexts();
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private volatile Listing listing = Listing.NONE;

  /** What is known of one file; a version of null says that there is none. */
  private record Entry(Instant checked, Object version, SoftReference<Minion> minion) {}

  private record Listing(Instant made, Set<String> ids) {
    static final Listing NONE = new Listing(Instant.EPOCH, Set.of());
  }

  /**
   * The cache below a directory.
   *
   * @param cachedir the option of that name
   * @param accepted gives the ids with an accepted key, in the order for listings
   */
  public MinionCache(Path cachedir, Supplier<? extends Collection<String>> accepted, Clock clock) {
    this.files = new MinionFiles(cachedir);
    this.accepted = accepted;
    this.clock = clock;
  }

  @Override
  public Collection<String> accepted() {
    return accepted.get();
  }

  @Override
  public Set<String> cached() {
    Listing known = listing;
    if (isOld(known.made)) {
      known = new Listing(clock.instant(), Collections.unmodifiableSet(files.ids()));
      listing = known;
    }
    return known.ids;
  }

  @Override
  public Minion data(String id) {
    Entry known = entries.get(id);
    if (known != null && !isOld(known.checked)) {
      Minion minion = known.minion.get();
      if (minion != null || known.version == null) {
        return minion;
      }
    }
    return read(id, known);
  }

  private boolean isOld(Instant time) {
    Instant now = clock.instant();
    return time.isAfter(now) || !now.isBefore(time.plus(RECHECK));
  }

  private Minion read(String id, Entry known) {
    Optional<Path> file = files.path(id, DATA);
    if (file.isEmpty()) {
      return null;
    }
    Object version = version(file.get());
    Minion minion = known == null ? null : known.minion.get();
    if (version == null) {
      minion = null;
    } else if (minion == null || !version.equals(known.version)) {
      minion = load(id);
    }
    entries.put(id, new Entry(clock.instant(), version, new SoftReference<>(minion)));
    return minion;
  }

  private static Object version(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    } catch (NoSuchFileException none) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
  }

  private Minion load(String id) {
    try {
      if (files.read(id, DATA) instanceof Map<?, ?> data) {
        return new Minion(id, map(data.get("grains")), map(data.get("pillar")));
      }
      log.error("the cached data of minion {} is no map", id);
    } catch (MalformedPayload e) {
      log.error("the cached data of minion {} cannot be read: {}", id, e.getMessage());
    }
    return null;
  }

  private Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? (Map<?, ?>) texts.share(map) : null;
  }

  /**
   * Remembers what a minion has, as after a request for its pillar.
   *
   * @throws IllegalArgumentException when the id could lead to another file
   */
  public void store(String id, Map<?, ?> grains, Map<?, ?> pillar) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("grains", grains);
    data.put("pillar", pillar);
    files.write(id, DATA, data);
    entries.remove(id);
    if (!listing.ids.contains(id)) {
      listing = Listing.NONE;
    }
  }

  /** Forgets a minion, as when its key is deleted: its data, its mine and files that it pushed. */
  public void forget(String id) {
    files.deleteAll(id);
    entries.remove(id);
    listing = Listing.NONE;
  }
}
