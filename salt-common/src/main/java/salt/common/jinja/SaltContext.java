package salt.common.jinja;

import java.util.Map;

/**
 * What a template of Salt is rendered with.
 *
 * @param variables names that it sees: grains, pillar, opts and whatever else the caller gives
 * @param functions what {@code salt} calls
 * @param files finds the files that it includes and imports
 * @param saltenv the environment of the file server
 * @param sls the name of the SLS file, such as {@code web.nginx}; empty for other templates
 * @param file its path within the environment, such as {@code web/nginx.sls}; null when unknown
 * @param path where it lies on disk, for messages and {@code tplpath}; null when unknown
 */
public record SaltContext(
    Map<String, Object> variables,
    SaltFunctions functions,
    TemplateFiles files,
    String saltenv,
    String sls,
    String file,
    String path) {}
