package salt.common.channel;

import java.time.Duration;
import salt.common.config.Options;

/**
 * What operators set about a minion's requests and what it takes from its master.
 *
 * @param timeout {@code request_channel_timeout}: how long each try of a request waits
 * @param tries {@code request_channel_tries}
 * @param authTimeout {@code auth_timeout}
 * @param authTries {@code auth_tries}
 * @param signMessages {@code minion_sign_messages}
 */
public record ChannelSettings(
    Duration timeout, int tries, Duration authTimeout, int authTries, boolean signMessages) {
  /** Reads the options named above. */
  public static ChannelSettings of(Options options) {
    return new ChannelSettings(
        Duration.ofMillis((long) (1000 * options.number("request_channel_timeout"))),
        options.integer("request_channel_tries"),
        Duration.ofMillis((long) (1000 * options.number("auth_timeout"))),
        options.integer("auth_tries"),
        options.flag("minion_sign_messages"));
  }
}
