package salt.common.config;

import java.nio.file.Path;
import java.util.List;

/** How this machine is called: what the id of a minion without an {@code id} is made from. */
public interface HostNames {
  /** The name the kernel has. */
  String hostName();

  /** The full name of a host with its domain, as resolution gives it; the name itself if none. */
  String fullName(String host);

  /** The machine's IPv4 addresses besides loopback, sorted as numbers. */
  List<String> addresses();

  /** Files that hold names, best first: lines with one name, or those of a hosts file. */
  List<Path> nameFiles();
}
