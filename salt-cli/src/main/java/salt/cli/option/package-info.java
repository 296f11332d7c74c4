/**
 * Options of a command line: declared in tables, parsed as Salt's commands parse them, shown by
 * {@code --help}, with defaults from a Saltfile and from the configuration.
 */
package salt.cli.option;
