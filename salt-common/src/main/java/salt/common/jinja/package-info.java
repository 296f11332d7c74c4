/**
 * Jinja templates with Python's meaning of values: parsed once into a tree of nodes, which is run
 * for each rendering.
 *
 * <p>{@link salt.common.jinja.SaltTemplates} renders as Salt does; {@link
 * salt.common.jinja.Environment} is Jinja alone.
 */
package salt.common.jinja;
