package salt.cli.command;

import java.nio.file.Path;
import java.util.List;
import salt.common.config.Options;

/**
 * What a {@code salt-cp} command line asks for.
 *
 * @param target the target, as in {@link SaltRequest}
 * @param targetType its type, as in {@link SaltRequest}
 * @param sources the files to send, as absolute paths
 * @param destination where they go on the minions
 * @param options the configuration with the options given: {@code chunked}, {@code gzip}, {@code
 *     timeout}, {@code output}...
 */
public record CopyRequest(
    Object target, String targetType, List<Path> sources, String destination, Options options) {}
