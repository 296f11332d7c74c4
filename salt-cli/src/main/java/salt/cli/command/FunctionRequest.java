package salt.cli.command;

import java.util.List;
import salt.common.config.Options;

/**
 * What a {@code salt-call} or {@code salt-run} command line asks for.
 *
 * @param fun the function, or with {@code doc} what to document; empty for none
 * @param arg its arguments
 * @param options the configuration with the options given, each by its name in Salt: {@code local},
 *     {@code grains_run}, {@code doc}, {@code async}, {@code output}...
 */
public record FunctionRequest(String fun, List<Object> arg, Options options) {}
