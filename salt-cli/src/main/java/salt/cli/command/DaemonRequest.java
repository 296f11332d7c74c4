package salt.cli.command;

import salt.common.config.Options;

/**
 * What a {@code salt-master} or {@code salt-minion} command line asks for.
 *
 * @param options the configuration with the options given: {@code daemon}, {@code pidfile}, {@code
 *     user}, {@code log_level}...
 */
public record DaemonRequest(Options options) {}
