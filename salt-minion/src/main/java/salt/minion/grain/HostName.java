package salt.minion.grain;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How the machine is called.
 *
 * @param host the name the kernel has
 * @param full with its domain, as resolution gives it; the host alone when that gives nothing
 */
record HostName(String host, String full) {
  private static final int RESOLVERS = 8;
  private static final long PATIENCE_SECONDS = 5;

  static HostName read(Machine machine) {
    String host = machine.text("/proc/sys/kernel/hostname").orElse("localhost");
    for (String line : machine.lines("/etc/hosts")) {
      List<String> words = Arrays.asList(line.replaceFirst("#.*", "").strip().split("\\s+", -1));
      if (words.size() > 1 && words.subList(1, words.size()).contains(host)) {
        return new HostName(host, words.get(1));
      }
    }
    return new HostName(host, resolved(host));
  }

  /** Only a name that goes on where the host ends is the host's full one. */
  private static String resolved(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      String name = InetAddress.getByAddress(address.getAddress()).getCanonicalHostName();
      return name.startsWith(host + ".") ? name : host;
    } catch (UnknownHostException unknown) {
      return host;
    }
  }

  String domain() {
    int dot = full.indexOf('.');
    return dot < 0 ? "" : full.substring(dot + 1);
  }

  /** The names that addresses have, sorted; those that resolve too slowly are left out. */
  static List<String> namesOf(List<InetAddress> addresses) {
    ExecutorService resolvers =
        Executors.newFixedThreadPool(
            RESOLVERS,
            task -> {
              Thread thread = new Thread(task, "grains-fqdns");
              thread.setDaemon(true);
              return thread;
            });
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      List<CompletableFuture<String>> asked = new ArrayList<>();
      for (InetAddress address : addresses) {
        if (!address.isLoopbackAddress() && !address.isLinkLocalAddress()) {
          asked.add(CompletableFuture.supplyAsync(() -> nameOf(address), resolvers));
        }
      }
      NavigableSet<String> names = new TreeSet<>();
      for (CompletableFuture<String> name : asked) {
        names.add(name.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
      }
      names.remove("");
      return List.copyOf(names);
    } catch (TimeoutException tooSlow) {
      return List.of();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a name could not be asked for", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      resolvers.shutdown();
    }
  }

  private static String nameOf(InetAddress address) {
    try {
      InetAddress bare = InetAddress.getByAddress(address.getAddress());
      String name = bare.getCanonicalHostName();
      return name.equals(bare.getHostAddress()) ? "" : name;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of a wrong length", e);
    }
  }
}
