package salt.common.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The names of the running machine. The hosts file is asked before the resolver, because only there
 * the aliases of an address can be seen.
 */
final class SystemHostNames implements HostNames {
  private final Path root;

  /** Names read from the files under {@code root}. */
  SystemHostNames(Path root) {
    this.root = root;
  }

  @Override
  public String hostName() {
    Path kernel = root.resolve("proc/sys/kernel/hostname");
    try {
      return Files.isReadable(kernel)
          ? Files.readString(kernel).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the host name from " + kernel, e);
    }
  }

  @Override
  public String fullName(String host) {
    for (List<String> line : hostsLines()) {
      if (line.subList(1, line.size()).contains(host)) {
        return fullest(namesOf(line.get(0)));
      }
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      String name = InetAddress.getByAddress(address.getAddress()).getCanonicalHostName();
      return name.equals(address.getHostAddress()) ? host : name;
    } catch (UnknownHostException e) {
      return host;
    }
  }

  /** The names of the first line with that address, canonical name first. */
  private List<String> namesOf(String address) {
    for (List<String> line : hostsLines()) {
      if (line.get(0).equals(address)) {
        return line.subList(1, line.size());
      }
    }
    return List.of();
  }

  private static String fullest(List<String> names) {
    for (String name : names) {
      if (name.indexOf('.') >= 0) {
        return name;
      }
    }
    return names.get(0);
  }

  private List<List<String>> hostsLines() {
    List<List<String>> lines = new ArrayList<>();
    for (String line : OwnId.lines(root.resolve("etc/hosts"))) {
      List<String> words = OwnId.words(line);
      if (words.size() > 1) {
        lines.add(words);
      }
    }
    return lines;
  }

  @Override
  public List<String> addresses() {
    List<Inet4Address> found = new ArrayList<>();
    try {
      for (NetworkInterface device : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(device.getInetAddresses())) {
          if (address instanceof Inet4Address v4 && !v4.isLoopbackAddress()) {
            found.add(v4);
          }
        }
      }
    } catch (SocketException e) {
      throw new UncheckedIOException("cannot list the addresses of this machine", e);
    }
    found.sort((a, b) -> Arrays.compareUnsigned(a.getAddress(), b.getAddress()));
    return found.stream().map(Inet4Address::getHostAddress).distinct().toList();
  }

  @Override
  public List<Path> nameFiles() {
    return List.of(
        root.resolve("etc/hostname"), root.resolve("etc/nodename"), root.resolve("etc/hosts"));
  }
}
