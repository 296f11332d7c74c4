package salt.cli.command;

import salt.common.config.Options;

/**
 * What a {@code salt-key} command line asks for.
 *
 * @param action {@code gen_keys}, {@code gen_signature}, {@code list}, {@code print}, {@code
 *     accept}, {@code reject}, {@code delete} or {@code finger}
 * @param match the keys it is for: a glob, for {@code list} a kind of keys; for {@code gen_keys}
 *     the name of the new pair
 * @param all whether it was asked for all keys by an option of that meaning, such as {@code -A}
 * @param options the configuration with the options given, each by its name in Salt: {@code yes},
 *     {@code quiet}, {@code include_rejected}, {@code keysize}...
 */
public record KeyRequest(String action, String match, boolean all, Options options) {}
