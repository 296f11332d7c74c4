package salt.common.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import salt.common.config.Options;

/**
 * What Logback does before a daemon has read its options: warnings go to stderr. Logback finds this
 * class itself, and with it looks for no configuration files.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class EarlyLogging extends ContextAwareBase implements Configurator {
  /** Made by Logback. */
  public EarlyLogging() {
    super();
  }

  @Override
  @SuppressWarnings("resource") // it is replaced when the daemon starts its own logging
  public ExecutionStatus configure(LoggerContext context) {
    new DaemonLogging(context, System.err).start(LogSettings.of(Options.of(Map.of())), true);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
