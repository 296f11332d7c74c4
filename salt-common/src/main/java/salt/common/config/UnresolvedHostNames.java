package salt.common.config;

import java.nio.file.Path;
import java.util.List;

/** The names of a machine without asking a resolver, which may take seconds. */
record UnresolvedHostNames(HostNames names) implements HostNames {
  @Override
  public String hostName() {
    return names.hostName();
  }

  @Override
  public String fullName(String host) {
    return host;
  }

  @Override
  public List<String> addresses() {
    return names.addresses();
  }

  @Override
  public List<Path> nameFiles() {
    return names.nameFiles();
  }
}
