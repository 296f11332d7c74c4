package salt.common.channel;

import java.time.Duration;
import salt.common.config.Options;

/**
 * What operators set about a master's requests.
 *
 * @param minimumVersion {@code minimum_auth_version}; 0 takes every version
 * @param requestLifetime {@code request_server_ttl}; zero takes requests of any age
 * @param publishPort {@code publish_port}, which accepted minions are told
 */
public record ServerSettings(int minimumVersion, Duration requestLifetime, int publishPort) {
  /** Reads the options named above. */
  public static ServerSettings of(Options options) {
    return new ServerSettings(
        options.integer("minimum_auth_version"),
        Duration.ofSeconds(options.integer("request_server_ttl")),
        options.integer("publish_port"));
  }
}
