package salt.common.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sets the option {@code id} where the files do not, and completes it. */
final class Identity {
  private final OwnId ownId;
  private final boolean keep;

  /**
   * An identity finder.
   *
   * @param hostNames how the machine is called
   * @param keep whether an id that was found is written down for the next start
   */
  Identity(HostNames hostNames, boolean keep) {
    this.ownId = new OwnId(hostNames);
    this.keep = keep;
  }

  /** The id of a master: that of a minion on this machine with {@code _master} behind it. */
  void master(Draft draft) {
    boolean found = !draft.truth("id");
    minion(draft);
    if (found) {
      draft.put("id", draft.text("id") + "_master");
    }
  }

  /** The id of a minion. */
  void minion(Draft draft) {
    boolean address = false;
    if (!draft.truth("id")) {
      Path cache = cache(draft);
      OwnId.Found found = find(draft, cache);
      address = found.address();
      draft.put("id", found.id());
    }
    if (!address && draft.values().containsKey("append_domain")) {
      draft.put("id", withDomain(draft.text("id"), Python.text(draft.get("append_domain"))));
    }
  }

  private OwnId.Found find(Draft draft, Path cache) {
    if (draft.truth("id_function")) {
      draft.refuse("id_function", "the id cannot be asked of a function here; set id instead");
    }
    OwnId.Found found = ownId.find(draft.values(), cache);
    if (keep && OwnId.caching(draft.values())) {
      keep(draft, found.id(), cache);
    }
    return found;
  }

  /** The file that keeps the id: always {@code etc/salt} under the root, whatever {@code -c} is. */
  private static Path cache(Draft draft) {
    String root = draft.text("root_dir");
    return Path.of(Paths.join(root, "etc/salt"), "minion_id");
  }

  private static void keep(Draft draft, String id, Path cache) {
    try {
      if (Files.isReadable(cache) && Files.readString(cache).strip().equals(id)) {
        return;
      }
      Files.createDirectories(cache.getParent());
      Files.writeString(cache, id);
    } catch (IOException e) {
      draft.warn("minion_id_caching", "cannot keep the id in " + cache + ": " + e.getMessage());
    }
  }

  private static String withDomain(String id, String domain) {
    return id.endsWith(domain) || id.endsWith(".") ? id : id + "." + domain;
  }
}
