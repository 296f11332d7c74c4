package salt.cli.command;

import java.util.List;
import salt.common.config.Options;

/**
 * What a {@code salt} command line asks for.
 *
 * @param target the target: text, or a list of minion ids when the type is {@code list}
 * @param targetType {@code glob}, {@code pcre}, {@code list}, {@code grain}, {@code grain_pcre},
 *     {@code nodegroup}, {@code compound}, {@code pillar}, {@code pillar_pcre}, {@code ipcidr}
 * @param fun the function: text, or a list of several
 * @param arg its arguments; a list of such lists when there are several functions
 * @param options the configuration with the options given, each by its name in Salt: {@code
 *     timeout}, {@code static}, {@code batch}, {@code show_timeout}, {@code output}...
 */
public record SaltRequest(
    Object target, String targetType, Object fun, List<Object> arg, Options options) {}
