package salt.minion.connection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.ConfigException;
import salt.common.config.Options;

/**
 * The masters of a minion, and how it uses them: all at once ({@code master_type: str}), or the
 * first that takes it ({@code failover}).
 *
 * @param masters in the order of the option <code>master</code>; shuffled where {@code
 *     random_master} asks for it, but with {@code master_failback} the first stays the first
 * @param failover whether one is used at a time
 */
public record MasterList(List<MasterAddress> masters, boolean failover) {
  private static final Logger log = LoggerFactory.getLogger(MasterList.class);

  /**
   * Reads {@code master}, {@code master_type}, {@code random_master} and {@code master_shuffle}.
   *
   * @throws ConfigException when there is no master, or they are to be used in a way that we can't
   */
  public static MasterList of(Options options, Random random) {
    boolean failover = isFailover(options.text("master_type", "str"));
    List<MasterAddress> masters = configured(options);
    if (failover) {
      shuffle(masters, options.flag("master_failback") ? 1 : 0, options, random);
    }
    return new MasterList(List.copyOf(masters), failover);
  }

  /**
   * The masters in the order in which {@code salt-call} tries them until one takes it; with {@code
   * random_master} each call is by another.
   *
   * @throws ConfigException as {@link #of}
   */
  public static List<MasterAddress> forOneCall(Options options, Random random) {
    boolean failback =
        options.flag("master_failback") && "failover".equals(options.text("master_type", "str"));
    List<MasterAddress> masters = configured(options);
    shuffle(masters, failback ? 1 : 0, options, random);
    return List.copyOf(masters);
  }

  private static List<MasterAddress> configured(Options options) {
    List<MasterAddress> masters = new ArrayList<>();
    for (Object entry : options.list("master")) {
      masters.add(MasterAddress.parse(String.valueOf(entry), options));
    }
    if (masters.isEmpty()) {
      throw new ConfigException("option master: the list of masters is empty");
    }
    return masters;
  }

  private static void shuffle(
      List<MasterAddress> masters, int fixed, Options options, Random random) {
    if (options.flag("master_shuffle")) {
      log.warn("option master_shuffle is deprecated: use random_master");
    }
    if (options.flag("random_master") || options.flag("master_shuffle")) {
      Collections.shuffle(masters.subList(fixed, masters.size()), random);
    }
  }

  private static boolean isFailover(String type) {
    return switch (type) {
      case "str" -> false;
      case "failover" -> true;
      case "disable" ->
          throw new ConfigException(
              "option master_type: disable would leave this minion nothing to do, as it has no"
                  + " schedule; salt-call --local works without a master");
      case "func", "distributed" ->
          throw new ConfigException(
              "option master_type: " + type + " can't be had; it may be str or failover");
      default ->
          throw new ConfigException(
              "option master_type: there is no '" + type + "'; it may be str or failover");
    };
  }
}
